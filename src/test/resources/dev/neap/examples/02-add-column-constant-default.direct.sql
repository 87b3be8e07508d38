ALTER TABLE public.orders ADD COLUMN priority smallint NOT NULL DEFAULT 0;
ALTER TABLE public.orders ADD COLUMN note text;
