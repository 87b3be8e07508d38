ALTER TABLE public.tasks
  ALTER COLUMN status SET DEFAULT 'open',
  ALTER COLUMN token SET DEFAULT gen_random_uuid(),
  ALTER COLUMN priority DROP DEFAULT;
