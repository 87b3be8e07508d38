CREATE TABLE public.venues (
  id bigint PRIMARY KEY,
  street text NOT NULL,
  unit text DEFAULT '',
  city text
);

INSERT INTO public.venues
SELECT n, 'Hill Street ' || n, CASE n % 3 WHEN 0 THEN '' WHEN 1 THEN 'Flat ' || n END, 'Bath' FROM generate_series(1, 1000) AS n;
