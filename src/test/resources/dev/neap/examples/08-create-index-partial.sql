CREATE TABLE public.tickets (
  id bigint PRIMARY KEY,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz
);

INSERT INTO public.tickets (id, opened_at, closed_at)
SELECT n, timestamptz '2025-01-01 00:00+00' + n * interval '1 hour',
       CASE WHEN n % 10 > 0 THEN timestamptz '2025-06-01 00:00+00' + n * interval '1 hour' END
FROM generate_series(1, 1000) AS n;
