CREATE TABLE public.words (
  id bigint PRIMARY KEY,
  word text NOT NULL
);
CREATE INDEX words_word_idx ON public.words (lower(word), id DESC) WITH (fillfactor = 70);
COMMENT ON INDEX public.words_word_idx IS 'for the search';

INSERT INTO public.words (id, word) SELECT n, 'Word ' || n FROM generate_series(1, 1000) AS n;
