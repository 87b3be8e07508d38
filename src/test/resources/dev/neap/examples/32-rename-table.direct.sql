ALTER TABLE public.members RENAME TO subscribers;
