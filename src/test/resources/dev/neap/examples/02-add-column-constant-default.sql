CREATE TABLE public.orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  total numeric(12, 2) NOT NULL
);

INSERT INTO public.orders (total)
SELECT n * 1.25 FROM generate_series(1, 1000) AS n;
