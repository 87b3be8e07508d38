CREATE TABLE public.members (
  id bigint PRIMARY KEY,
  club integer NOT NULL,
  email text,
  joined_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO public.members (id, club, email)
SELECT n, n % 10, CASE WHEN n % 5 > 0 THEN 'm' || n || '@example.com' END FROM generate_series(1, 1000) AS n;
