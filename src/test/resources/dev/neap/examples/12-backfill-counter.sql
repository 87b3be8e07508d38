CREATE TABLE public.counters (
  id bigint PRIMARY KEY,
  n integer NOT NULL DEFAULT 0
);

INSERT INTO public.counters (id)
SELECT n FROM generate_series(1, 1000) AS n;
