UPDATE public.subscribers
SET phone_e164 = CASE WHEN phone LIKE '+%'
  THEN replace(regexp_replace(phone, '[ /]', '', 'g'), '(0)', '')
  ELSE '+49' || substr(regexp_replace(phone, '[() ]', '', 'g'), 2) END
WHERE phone_e164 IS NULL AND phone IS NOT NULL;
