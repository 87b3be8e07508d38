CREATE TABLE public.visits (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  country text NOT NULL DEFAULT 'DE',
  page text
);

INSERT INTO public.visits (country, page)
SELECT (ARRAY['DE', 'AT', 'CH', 'BE', 'NL', 'LU', 'FR'])[1 + n % 7], 'page ' || n FROM generate_series(1, 1000) AS n;
