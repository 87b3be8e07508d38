CREATE TABLE public.members (
  name text NOT NULL,
  status text,
  logins integer
);

INSERT INTO public.members (name, status, logins)
SELECT 'Member ' || n, CASE WHEN n % 2 = 0 THEN 'retired' END, CASE WHEN n % 2 = 0 THEN n END
FROM generate_series(1, 1000) AS n;
