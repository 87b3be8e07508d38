CREATE TABLE public.users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO public.users (email)
SELECT CASE n % 3 WHEN 0 THEN 'User' || n || '@Example.COM' ELSE '  user' || n || '@example.com ' END
FROM generate_series(1, 1000) AS n;
