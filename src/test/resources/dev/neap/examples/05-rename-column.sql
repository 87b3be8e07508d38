CREATE TABLE public.customers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mail varchar(200) COLLATE "C" NOT NULL DEFAULT 'nobody@example.com',
  CONSTRAINT customers_mail_check CHECK (position('@' IN mail) > 1)
);

CREATE INDEX customers_mail_idx ON public.customers (lower(mail));
ALTER TABLE public.customers ALTER COLUMN mail SET STATISTICS 500;
GRANT SELECT (id, mail), UPDATE (mail) ON public.customers TO PUBLIC;
COMMENT ON INDEX public.customers_mail_idx IS 'for the login form';
COMMENT ON CONSTRAINT customers_mail_check ON public.customers IS 'at least somebody at somewhere';
COMMENT ON COLUMN public.customers.mail IS 'where invoices go';

INSERT INTO public.customers (mail)
SELECT 'customer' || n || '@example.com' FROM generate_series(1, 1000) AS n;
