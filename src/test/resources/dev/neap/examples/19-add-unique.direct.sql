ALTER TABLE public.members
  ADD CONSTRAINT members_email_key UNIQUE (club, email) INCLUDE (joined_at) DEFERRABLE;
