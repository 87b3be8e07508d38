ALTER TABLE public.customers RENAME COLUMN mail TO email_address;
