DROP INDEX public.orders_status_idx;
CREATE INDEX orders_status_idx ON public.orders (status, placed_at DESC) WHERE status <> 'done';
COMMENT ON INDEX public.orders_status_idx IS 'for the work list';
