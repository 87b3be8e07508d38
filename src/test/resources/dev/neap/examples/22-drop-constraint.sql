CREATE TABLE public.stock (
  id bigint PRIMARY KEY,
  article text NOT NULL,
  count integer NOT NULL,
  CONSTRAINT stock_count_check CHECK (count >= 0)
);

INSERT INTO public.stock (id, article, count) SELECT n, 'article ' || n, n FROM generate_series(1, 1000) AS n;
