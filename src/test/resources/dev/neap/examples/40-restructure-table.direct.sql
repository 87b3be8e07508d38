ALTER TABLE public.parcels
  ALTER COLUMN number TYPE bigint,
  ALTER COLUMN weight TYPE integer USING round(weight);
ALTER TABLE public.parcels ALTER COLUMN note SET STORAGE external;
ALTER TABLE public.parcels DROP COLUMN legacy_code;
ALTER TABLE public.parcels SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
