CREATE UNIQUE INDEX invoices_number_key ON public.invoices (year, number DESC) INCLUDE (amount);
