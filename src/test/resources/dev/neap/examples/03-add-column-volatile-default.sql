CREATE TABLE public.documents (
  id integer PRIMARY KEY,
  title text NOT NULL
);

INSERT INTO public.documents (id, title)
SELECT n, 'Document ' || n FROM generate_series(1, 1000) AS n;
