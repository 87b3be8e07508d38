DROP VIEW public.hot_readings;
ALTER TABLE public.readings RENAME TO readings_old;
ALTER INDEX public.readings_pkey RENAME TO readings_old_pkey;
DROP INDEX public.readings_sensor_idx, public.readings_note_idx;
DROP STATISTICS public.readings_both;
ALTER SEQUENCE public.readings_id_seq RENAME TO readings_old_id_seq;
CREATE TABLE public.readings (
  id bigint GENERATED ALWAYS AS IDENTITY,
  sensor integer DEFAULT 1 CONSTRAINT readings_sensor_fkey REFERENCES public.sensors ON DELETE CASCADE,
  taken_at timestamptz NOT NULL DEFAULT now(),
  value numeric,
  note varchar(200),
  CONSTRAINT readings_value_check CHECK (value >= 0),
  CONSTRAINT readings_pkey PRIMARY KEY (id, taken_at)
) PARTITION BY RANGE (taken_at);
CREATE TABLE public.readings_2024 PARTITION OF public.readings
  FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');
CREATE TABLE public.readings_2025 PARTITION OF public.readings
  FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');
CREATE TABLE public.readings_2026 PARTITION OF public.readings
  FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
CREATE TABLE public.readings_2027 PARTITION OF public.readings
  FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2028-01-01 00:00:00+00');
CREATE TABLE public.readings_default PARTITION OF public.readings DEFAULT;
INSERT INTO public.readings (id, sensor, taken_at, value, note) OVERRIDING SYSTEM VALUE
  SELECT id, sensor, taken_at, value, note FROM public.readings_old;
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
ALTER TABLE public.readings_2024 REPLICA IDENTITY FULL;
ALTER TABLE public.readings_2025 REPLICA IDENTITY FULL;
ALTER TABLE public.readings_2026 REPLICA IDENTITY FULL;
ALTER TABLE public.readings_2027 REPLICA IDENTITY FULL;
ALTER TABLE public.readings_default REPLICA IDENTITY FULL;
CREATE TRIGGER readings_tidy BEFORE INSERT OR UPDATE ON public.readings FOR EACH ROW EXECUTE FUNCTION public.tidy();
ALTER TABLE public.readings ENABLE ROW LEVEL SECURITY;
CREATE POLICY readings_of_known ON public.readings FOR SELECT USING (sensor IS NOT NULL);
COMMENT ON POLICY readings_of_known ON public.readings IS 'who asks for the others?';
COMMENT ON TRIGGER readings_tidy ON public.readings IS 'before it is stored';
DROP TABLE public.readings_old;
ALTER PUBLICATION readings_feed ADD TABLE public.readings;
CREATE VIEW public.hot_readings AS SELECT id, taken_at FROM public.readings WHERE value > 300;
