CREATE TABLE public.accounts (id integer PRIMARY KEY);
INSERT INTO public.accounts SELECT n FROM generate_series(1, 10) AS n;

CREATE TABLE public.old_sessions (
  id bigserial PRIMARY KEY,
  account integer NOT NULL REFERENCES public.accounts,
  inviter integer CONSTRAINT old_sessions_inviter REFERENCES public.accounts,
  seen timestamptz NOT NULL DEFAULT now()
);

INSERT INTO public.old_sessions (account) SELECT 1 + n % 10 FROM generate_series(1, 1000) AS n;
