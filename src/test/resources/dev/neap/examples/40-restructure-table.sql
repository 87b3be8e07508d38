CREATE TABLE public.carriers (id integer PRIMARY KEY);
INSERT INTO public.carriers SELECT n FROM generate_series(1, 10) AS n;

CREATE TABLE public.parcels (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 2) CONSTRAINT parcels_pkey PRIMARY KEY,
  carrier smallint DEFAULT 1 CONSTRAINT parcels_carrier_fkey REFERENCES public.carriers ON DELETE CASCADE,
  number integer NOT NULL DEFAULT 0,
  legacy_code text DEFAULT 'none',
  weight numeric(20, 3) DEFAULT 0.5,
  sent_at timestamptz NOT NULL DEFAULT now(),
  note varchar(200),
  CONSTRAINT parcels_weight_check CHECK (weight >= 0),
  CONSTRAINT parcels_number_key UNIQUE (number, id)
);
CREATE INDEX parcels_weight_idx ON public.parcels (abs(number) DESC, weight) WHERE weight > 7;
CREATE INDEX parcels_note_idx ON public.parcels (lower(note)) WITH (fillfactor = 70);
CREATE INDEX parcels_code_idx ON public.parcels (legacy_code, sent_at);
CREATE STATISTICS public.parcels_both ON sent_at, note FROM public.parcels;
CREATE STATISTICS public.parcels_codes ON legacy_code, note FROM public.parcels;
ALTER TABLE public.parcels SET (fillfactor = 100, autovacuum_enabled = true);
ALTER TABLE public.parcels ALTER COLUMN number SET STATISTICS 300;
ALTER TABLE public.parcels ALTER COLUMN carrier SET (n_distinct = 10);
GRANT SELECT ON public.parcels TO PUBLIC;
GRANT UPDATE (note, legacy_code) ON public.parcels TO PUBLIC;
COMMENT ON TABLE public.parcels IS 'what was sent';
COMMENT ON COLUMN public.parcels.weight IS 'in kilograms';
COMMENT ON INDEX public.parcels_weight_idx IS 'for the chart';
COMMENT ON CONSTRAINT parcels_weight_check ON public.parcels IS 'nothing floats';
COMMENT ON CONSTRAINT parcels_number_key ON public.parcels IS 'as printed';
COMMENT ON CONSTRAINT parcels_carrier_fkey ON public.parcels IS 'no stranger';

CREATE FUNCTION public.tidy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.note := trim(NEW.note);
  RETURN NEW;
END $$;
CREATE TRIGGER parcels_tidy BEFORE INSERT OR UPDATE ON public.parcels FOR EACH ROW EXECUTE FUNCTION public.tidy();
ALTER TABLE public.parcels ENABLE ROW LEVEL SECURITY;
CREATE POLICY parcels_of_known ON public.parcels FOR SELECT USING (carrier IS NOT NULL);
COMMENT ON POLICY parcels_of_known ON public.parcels IS 'who asks for the others?';
COMMENT ON TRIGGER parcels_tidy ON public.parcels IS 'before it is stored';
COMMENT ON STATISTICS public.parcels_both IS 'they go together';
ALTER STATISTICS public.parcels_both SET STATISTICS 300;
ALTER TABLE public.parcels CLUSTER ON parcels_note_idx;
DO $$ BEGIN
  IF current_setting('server_version_num')::integer >= 150000 THEN
    EXECUTE 'CREATE PUBLICATION parcels_feed FOR TABLE public.parcels (id, carrier, sent_at, note) WHERE (id > 0)';
  END IF;
END $$;
CREATE VIEW public.late_parcels AS SELECT id, sent_at FROM public.parcels WHERE sent_at < '2024-01-01';

INSERT INTO public.parcels (carrier, number, legacy_code, weight, sent_at, note)
SELECT 1 + n % 10, n, 'P' || n, n / 8.0, '2023-06-01 00:00 UTC'::timestamptz + n * interval '7 h', 'parcel ' || n
FROM generate_series(1, 1000) AS n;

CREATE TABLE public.scans (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parcel bigint CONSTRAINT scans_parcel_fkey REFERENCES public.parcels ON DELETE CASCADE
);
INSERT INTO public.scans (parcel) SELECT id FROM public.parcels WHERE id % 3 = 0;
