ALTER TABLE public.readings ADD PRIMARY KEY (sensor, taken_at);
