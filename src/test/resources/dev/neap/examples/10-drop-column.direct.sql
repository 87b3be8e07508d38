ALTER TABLE public.parts DROP COLUMN legacy_code;
