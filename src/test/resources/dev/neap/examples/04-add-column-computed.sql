CREATE TABLE public.addresses (
  customer integer,
  number smallint,
  city text NOT NULL,
  postcode text,
  PRIMARY KEY (customer, number)
);

INSERT INTO public.addresses (customer, number, city, postcode)
SELECT n / 4, n % 4, 'City ' || n % 50, CASE WHEN n % 5 > 0 THEN lpad((n * 7)::text, 5, '0') END
FROM generate_series(1, 1000) AS n;
