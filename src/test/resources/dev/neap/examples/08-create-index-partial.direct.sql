CREATE INDEX tickets_open_idx ON public.tickets (opened_at) WHERE closed_at IS NULL;
