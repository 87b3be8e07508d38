CREATE TABLE public.invoices (
  id bigint PRIMARY KEY,
  year smallint NOT NULL,
  number integer NOT NULL,
  amount numeric NOT NULL
);

INSERT INTO public.invoices (id, year, number, amount)
SELECT n, 2020 + n % 5, n, n * 0.5 FROM generate_series(1, 1000) AS n;
