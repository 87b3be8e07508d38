CREATE TABLE public.customers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mail varchar(200) NOT NULL DEFAULT 'nobody@example.com',
  CONSTRAINT customers_mail_check CHECK (position('@' IN mail) > 1)
);

CREATE INDEX customers_mail_idx ON public.customers (lower(mail));
COMMENT ON COLUMN public.customers.mail IS 'where invoices go';

INSERT INTO public.customers (mail)
SELECT 'customer' || n || '@example.com' FROM generate_series(1, 1000) AS n;
