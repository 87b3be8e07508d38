UPDATE public.products SET country = 'unknown' WHERE country IS NULL;
ALTER TABLE public.products ALTER COLUMN country SET NOT NULL, ALTER COLUMN sku SET NOT NULL;
