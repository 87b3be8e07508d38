CREATE TABLE public.shipments (
  id integer GENERATED ALWAYS AS IDENTITY (START WITH 10) CONSTRAINT shipments_pkey PRIMARY KEY,
  number integer DEFAULT 0,
  weight numeric,
  CONSTRAINT shipments_number_check CHECK (number >= 0 AND (weight IS NULL OR weight >= 0)),
  CONSTRAINT shipments_number_key UNIQUE (number, weight)
);
CREATE INDEX shipments_number_idx ON public.shipments (abs(number) DESC) WHERE number > 7;
ALTER TABLE public.shipments ALTER COLUMN number SET STATISTICS 500;
GRANT SELECT (id, number), UPDATE (number) ON public.shipments TO PUBLIC;
COMMENT ON INDEX public.shipments_number_idx IS 'for the search form';
COMMENT ON CONSTRAINT shipments_number_check ON public.shipments IS 'nothing below zero';
COMMENT ON CONSTRAINT shipments_pkey ON public.shipments IS 'one row a shipment';
COMMENT ON COLUMN public.shipments.number IS 'as printed on the parcel';

INSERT INTO public.shipments (number, weight)
SELECT CASE WHEN n % 10 > 0 THEN n END, n / 10.0 FROM generate_series(1, 1000) AS n;
