DELETE FROM public.sessions WHERE last_seen < timestamptz '2020-01-01 00:00 UTC';
