DROP TABLE public.old_sessions;
