ALTER TABLE public.addresses ADD COLUMN label text, ADD COLUMN city_length integer;
UPDATE public.addresses
   SET label = CASE WHEN postcode IS NULL THEN city ELSE postcode || ' ' || city END,
       city_length = length(city);
ALTER TABLE public.addresses ALTER COLUMN city_length SET NOT NULL;
