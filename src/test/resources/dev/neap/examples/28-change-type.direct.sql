ALTER TABLE public.shipments ALTER COLUMN id TYPE bigint, ALTER COLUMN number TYPE bigint;
