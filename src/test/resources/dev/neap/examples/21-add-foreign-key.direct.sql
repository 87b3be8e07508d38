ALTER TABLE public.orders ADD CONSTRAINT orders_customer_id_fkey
  FOREIGN KEY (customer_id) REFERENCES public.customers (id) ON DELETE CASCADE;
CREATE INDEX orders_customer_id_idx ON public.orders (customer_id);
