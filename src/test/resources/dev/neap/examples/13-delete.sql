CREATE TABLE public.sessions (
  token uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  last_seen timestamptz NOT NULL,
  browser text
);

INSERT INTO public.sessions (last_seen, browser)
SELECT timestamptz '2019-12-01 00:00 UTC' + n * interval '1 hour', 'Browser ' || n
FROM generate_series(1, 1000) AS n;
