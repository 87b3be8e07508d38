CREATE TABLE public.parts (
  id bigint PRIMARY KEY,
  legacy_code text
);

INSERT INTO public.parts (id, legacy_code)
SELECT n, 'L' || n FROM generate_series(1, 1000) AS n;
