CREATE INDEX documents_title_brin ON public.documents USING brin (title) WITH (pages_per_range = 32);
