ALTER TABLE public.parcels RENAME TO parcels_old;
ALTER INDEX public.parcels_pkey RENAME TO parcels_old_pkey;
ALTER TABLE public.parcel_stops DROP CONSTRAINT parcel_stops_parcel_fkey;
CREATE TABLE public.parcels (
  id bigint NOT NULL DEFAULT nextval('public.parcels_id_seq'),
  label text NOT NULL DEFAULT 'none',
  weight integer,
  CONSTRAINT parcels_pkey PRIMARY KEY (id)
) PARTITION BY HASH (id);
ALTER SEQUENCE public.parcels_id_seq OWNED BY public.parcels.id;
CREATE TABLE public.parcels_p0 PARTITION OF public.parcels FOR VALUES WITH (MODULUS 4, REMAINDER 0) WITH (fillfactor = 80);
CREATE TABLE public.parcels_p1 PARTITION OF public.parcels FOR VALUES WITH (MODULUS 4, REMAINDER 1) WITH (fillfactor = 80);
CREATE TABLE public.parcels_p2 PARTITION OF public.parcels FOR VALUES WITH (MODULUS 4, REMAINDER 2) WITH (fillfactor = 80);
CREATE TABLE public.parcels_p3 PARTITION OF public.parcels FOR VALUES WITH (MODULUS 4, REMAINDER 3) WITH (fillfactor = 80);
INSERT INTO public.parcels SELECT * FROM public.parcels_old;
ALTER TABLE public.parcel_stops ADD FOREIGN KEY (parcel) REFERENCES public.parcels ON UPDATE CASCADE ON DELETE CASCADE;
DROP TABLE public.parcels_old;
