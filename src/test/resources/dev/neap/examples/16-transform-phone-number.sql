CREATE TABLE public.subscribers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text,
  phone text,
  country text,
  phone_e164 text
);

INSERT INTO public.subscribers (name, phone, country)
SELECT 'Subscriber ' || n,
  CASE n % 3 WHEN 0 THEN '(030) ' || 1000000 + n WHEN 1 THEN '+43 (0)1/' || 1000000 + n END,
  'DE'
FROM generate_series(1, 1000) AS n;
