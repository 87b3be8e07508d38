CREATE TABLE public.orders (
  id bigint PRIMARY KEY,
  customer text NOT NULL,
  total numeric
);

INSERT INTO public.orders (id, customer, total)
SELECT n, 'customer ' || n, CASE WHEN n % 7 > 0 THEN n * 1.5 END FROM generate_series(1, 1000) AS n;
