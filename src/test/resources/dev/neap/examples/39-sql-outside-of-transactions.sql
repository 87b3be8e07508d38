CREATE TABLE public.documents (
  id bigint PRIMARY KEY,
  tenant text NOT NULL,
  title text
);

INSERT INTO public.documents (id, tenant, title)
SELECT n, 't' || n % 7, 'Title ' || n FROM generate_series(1, 1000) AS n;
