CREATE TABLE public.visits (
  id bigint PRIMARY KEY,
  agent text,
  began_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX visits_agent_idx ON public.visits (lower(agent) text_pattern_ops) WITH (fillfactor = 80) WHERE agent <> '';
COMMENT ON INDEX public.visits_agent_idx IS 'for reports';

INSERT INTO public.visits (id, agent) SELECT n, 'Agent ' || n % 10 FROM generate_series(1, 1000) AS n;
