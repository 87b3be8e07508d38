ALTER TABLE public.visits RENAME TO visits_old;
ALTER INDEX public.visits_pkey RENAME TO visits_old_pkey;
CREATE TABLE public.visits (
  id uuid DEFAULT gen_random_uuid(),
  country text NOT NULL DEFAULT 'DE',
  page text,
  CONSTRAINT visits_pkey PRIMARY KEY (id, country)
) PARTITION BY LIST (country);
CREATE TABLE public.visits_dach PARTITION OF public.visits FOR VALUES IN ('DE', 'AT', 'CH');
CREATE TABLE public.visits_benelux PARTITION OF public.visits FOR VALUES IN ('BE', 'NL', 'LU');
CREATE TABLE public.visits_default PARTITION OF public.visits DEFAULT;
INSERT INTO public.visits SELECT * FROM public.visits_old;
DROP TABLE public.visits_old;
