CREATE TABLE public.contacts (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  phone text NOT NULL
);

INSERT INTO public.contacts (id, name, phone) SELECT n, 'contact ' || n, '0' || n FROM generate_series(1, 1000) AS n;
