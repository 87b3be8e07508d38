ALTER TABLE public.visits SET LOGGED;
ALTER TABLE public.visits SET (fillfactor = 80, toast.autovacuum_vacuum_threshold = 100);
