CREATE TABLE public.invoices (
  id bigint PRIMARY KEY,
  customer text,
  total integer NOT NULL
);

INSERT INTO public.invoices (id, customer, total)
SELECT n, 'Customer ' || n % 100, n * 37 % 1000
FROM generate_series(1, 1000) AS n;
