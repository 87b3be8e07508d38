CREATE TABLE public.tasks (
  id bigint PRIMARY KEY,
  title text NOT NULL,
  status text DEFAULT 'new',
  token uuid,
  priority integer DEFAULT 0
);

INSERT INTO public.tasks (id, title) SELECT n, 'task ' || n FROM generate_series(1, 1000) AS n;
