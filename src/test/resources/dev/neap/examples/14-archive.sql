CREATE TABLE public.orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer text NOT NULL,
  placed_at timestamptz NOT NULL,
  total numeric
);

INSERT INTO public.orders (customer, placed_at, total)
SELECT 'Customer ' || n, timestamptz '2019-12-01 00:00 UTC' + n * interval '1 hour', n
FROM generate_series(1, 1000) AS n;

CREATE SCHEMA archive;
CREATE TABLE archive.orders (id bigint PRIMARY KEY, customer text, placed_at timestamptz, total numeric, archived_at timestamptz DEFAULT now());
