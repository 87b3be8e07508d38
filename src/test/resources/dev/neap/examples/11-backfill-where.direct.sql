UPDATE public.members SET status = 'active', logins = 0 WHERE status IS NULL;
