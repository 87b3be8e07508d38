CREATE TABLE public.sensors (id integer PRIMARY KEY);
INSERT INTO public.sensors SELECT n FROM generate_series(1, 10) AS n;

CREATE TABLE public.readings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sensor integer DEFAULT 1 CONSTRAINT readings_sensor_fkey REFERENCES public.sensors ON DELETE CASCADE,
  taken_at timestamptz NOT NULL DEFAULT now(),
  value numeric,
  note varchar(200),
  CONSTRAINT readings_value_check CHECK (value >= 0)
);

CREATE INDEX readings_sensor_idx ON public.readings (sensor, taken_at DESC);
CREATE INDEX readings_note_idx ON public.readings (lower(note)) WHERE note IS NOT NULL;
CREATE STATISTICS public.readings_both ON sensor, value FROM public.readings;
ALTER TABLE public.readings ALTER COLUMN sensor SET STATISTICS 300;
GRANT SELECT ON public.readings TO PUBLIC;
GRANT UPDATE (note) ON public.readings TO PUBLIC;
COMMENT ON TABLE public.readings IS 'what sensors said';
COMMENT ON COLUMN public.readings.value IS 'in kelvins';
COMMENT ON INDEX public.readings_sensor_idx IS 'for the chart';
COMMENT ON CONSTRAINT readings_pkey ON public.readings IS 'by number';
COMMENT ON CONSTRAINT readings_sensor_fkey ON public.readings IS 'no stranger';
COMMENT ON STATISTICS public.readings_both IS 'they go together';
ALTER TABLE public.readings REPLICA IDENTITY FULL;
CREATE PUBLICATION readings_feed FOR TABLE public.readings WITH (publish_via_partition_root = true);

CREATE FUNCTION public.tidy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.note := trim(NEW.note);
  RETURN NEW;
END $$;
CREATE TRIGGER readings_tidy BEFORE INSERT OR UPDATE ON public.readings FOR EACH ROW EXECUTE FUNCTION public.tidy();
ALTER TABLE public.readings ENABLE ROW LEVEL SECURITY;
CREATE POLICY readings_of_known ON public.readings FOR SELECT USING (sensor IS NOT NULL);
COMMENT ON POLICY readings_of_known ON public.readings IS 'who asks for the others?';
COMMENT ON TRIGGER readings_tidy ON public.readings IS 'before it is stored';
CREATE VIEW public.hot_readings AS SELECT id, taken_at FROM public.readings WHERE value > 300;

INSERT INTO public.readings (sensor, taken_at, value, note)
SELECT 1 + n % 10, '2023-06-01 00:00 UTC'::timestamptz + n * interval '7 h', n, 'reading ' || n
FROM generate_series(1, 1000) AS n;
