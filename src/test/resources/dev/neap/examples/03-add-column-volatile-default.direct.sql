ALTER TABLE public.documents ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX documents_token_key ON public.documents (token);
