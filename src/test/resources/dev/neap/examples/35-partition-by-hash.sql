CREATE TABLE public.parcels (
  id bigserial PRIMARY KEY,
  label text NOT NULL DEFAULT 'none',
  weight integer
) WITH (fillfactor = 80);

CREATE TABLE public.parcel_stops (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parcel bigint REFERENCES public.parcels ON UPDATE CASCADE ON DELETE CASCADE
);

INSERT INTO public.parcels (label, weight) SELECT 'parcel ' || n, n FROM generate_series(1, 1000) AS n;
INSERT INTO public.parcel_stops (parcel) SELECT n FROM generate_series(1, 1000) AS n;
