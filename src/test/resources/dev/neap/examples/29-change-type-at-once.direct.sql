ALTER TABLE public.vouchers ALTER COLUMN code TYPE text;
