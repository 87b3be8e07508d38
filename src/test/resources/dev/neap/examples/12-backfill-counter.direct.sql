UPDATE public.counters SET n = n + 1;
