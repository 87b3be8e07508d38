CREATE TABLE public.people (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  city text
);

INSERT INTO public.people
SELECT n, CASE WHEN n % 7 = 0 THEN '  Anna ' ELSE 'Anna ' END || n || ' Maria  Lee', 'Ulm' FROM generate_series(1, 1000) AS n;
