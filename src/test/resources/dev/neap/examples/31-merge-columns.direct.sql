ALTER TABLE public.venues ADD COLUMN address text;
UPDATE public.venues SET address = street || coalesce(' #' || nullif(unit, ''), '');
ALTER TABLE public.venues ALTER COLUMN address SET NOT NULL, DROP COLUMN street, DROP COLUMN unit;
