CREATE TABLE public.customers (
  id integer PRIMARY KEY,
  name text NOT NULL
);
INSERT INTO public.customers (id, name) SELECT n, 'customer ' || n FROM generate_series(1, 100) AS n;

CREATE TABLE public.orders (
  id bigint PRIMARY KEY,
  customer_id integer DEFAULT 1,
  total numeric
);
INSERT INTO public.orders (id, customer_id, total)
SELECT n, CASE WHEN n % 9 > 0 THEN 1 + n % 100 END, n * 1.5 FROM generate_series(1, 1000) AS n;
