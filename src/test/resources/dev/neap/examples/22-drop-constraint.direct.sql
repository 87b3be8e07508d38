ALTER TABLE public.stock ADD CONSTRAINT stock_count_range CHECK (count BETWEEN 0 AND 1000000000),
  DROP CONSTRAINT stock_count_check;
