CREATE TABLE public.visits (
  id bigserial,
  page text NOT NULL DEFAULT '/',
  "user" varchar(100),
  seen_at timestamptz DEFAULT now(),
  CONSTRAINT visits_pkey PRIMARY KEY (id)
);
ALTER TABLE public.visits SET UNLOGGED;
CREATE UNIQUE INDEX visits_user_idx ON public.visits ("user", id) WHERE "user" IS NOT NULL;
INSERT INTO public.visits (page, "user") SELECT '/' || n, 'user ' || n FROM generate_series(1, 1000) AS n;
