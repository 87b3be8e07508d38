DELETE FROM public.orders WHERE placed_at < timestamptz '2020-01-01 00:00 UTC';
