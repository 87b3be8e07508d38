CREATE TABLE public.orders (
  id bigint PRIMARY KEY,
  status text NOT NULL,
  placed_at timestamptz NOT NULL
);
CREATE INDEX orders_status_idx ON public.orders (status);
COMMENT ON INDEX public.orders_status_idx IS 'for the work list';

INSERT INTO public.orders (id, status, placed_at)
SELECT n, (ARRAY['new', 'paid', 'done'])[1 + n % 3], timestamptz '2026-01-01 00:00 UTC' + n * interval '1 min'
FROM generate_series(1, 1000) AS n;
