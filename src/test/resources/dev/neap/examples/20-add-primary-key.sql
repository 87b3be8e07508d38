CREATE TABLE public.readings (
  sensor integer,
  taken_at timestamptz NOT NULL,
  value numeric
);

INSERT INTO public.readings (sensor, taken_at, value)
SELECT n % 10, timestamptz '2026-01-01 00:00 UTC' + n * interval '1 min', n * 0.1 FROM generate_series(1, 1000) AS n;
