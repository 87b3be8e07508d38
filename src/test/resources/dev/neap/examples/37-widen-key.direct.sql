ALTER TABLE public.orders ALTER COLUMN id TYPE bigint, ALTER COLUMN replaces TYPE bigint;
ALTER TABLE public.order_lines ALTER COLUMN order_id TYPE bigint;
