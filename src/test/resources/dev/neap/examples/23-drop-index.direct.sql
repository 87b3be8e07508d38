DROP INDEX public.visits_agent_idx;
