CREATE TABLE public.vouchers (
  id bigint PRIMARY KEY,
  code varchar NOT NULL DEFAULT 'none',
  note text
);
CREATE INDEX vouchers_code_idx ON public.vouchers (code);
COMMENT ON COLUMN public.vouchers.code IS 'as printed';

INSERT INTO public.vouchers SELECT n, 'V' || n FROM generate_series(1, 1000) AS n;
