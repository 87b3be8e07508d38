ALTER TABLE public.invoices ADD COLUMN total_cents bigint;
UPDATE public.invoices SET total_cents = total::bigint * 100;
ALTER TABLE public.invoices ALTER COLUMN total_cents SET NOT NULL;
