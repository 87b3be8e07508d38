CREATE TABLE public.payments (
  id bigint PRIMARY KEY,
  payer text NOT NULL,
  paid_at timestamptz NOT NULL,
  amount numeric
);

INSERT INTO public.payments (id, payer, paid_at, amount)
SELECT n, 'Payer ' || n, timestamptz '2024-01-01 00:00 UTC' + n * interval '1 day', n
FROM generate_series(1, 1000) AS n;

CREATE SCHEMA reports;
CREATE TABLE reports.payments (id bigint PRIMARY KEY, amount numeric(12, 2), year integer NOT NULL, source text);
INSERT INTO reports.payments (id, amount, year) SELECT n, 0, 1999 FROM generate_series(1, 10) AS n;
