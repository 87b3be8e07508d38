CREATE POLICY by_tenant ON public.documents USING (tenant = current_setting('app.tenant', true));
ALTER TABLE public.documents ENABLE ROW LEVEL SECURITY;
