REINDEX INDEX public.words_word_idx;
