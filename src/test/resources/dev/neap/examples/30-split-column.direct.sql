ALTER TABLE public.people ADD COLUMN first_name text, ADD COLUMN last_name text;
UPDATE public.people SET first_name = split_part(trim(name), ' ', 1),
  last_name = substr(trim(name), length(split_part(trim(name), ' ', 1)) + 2);
ALTER TABLE public.people ALTER COLUMN first_name SET NOT NULL, ALTER COLUMN last_name SET NOT NULL, DROP COLUMN name;
