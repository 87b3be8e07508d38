ALTER TABLE public.users ADD COLUMN email_normalized text;
UPDATE public.users SET email_normalized = lower(trim(email));
ALTER TABLE public.users ALTER COLUMN email_normalized SET NOT NULL;
CREATE UNIQUE INDEX users_email_normalized_key ON public.users (email_normalized);
ALTER TABLE public.users DROP COLUMN email;
