-- The tables of the documents' examples. Each page begins with all of them as they are here.

CREATE TABLE public.users (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL
);
INSERT INTO public.users (email) SELECT ' User' || i || '@Example.org' FROM generate_series(1, 2000) AS i;

CREATE TABLE public.customers (
    id   bigint PRIMARY KEY,
    mail text NOT NULL
);
CREATE INDEX customers_mail_idx ON public.customers (mail);
INSERT INTO public.customers SELECT i, 'c' || i || '@example.org' FROM generate_series(1, 2000) AS i;

CREATE TABLE public.products (
    id      bigint PRIMARY KEY,
    country text
);
INSERT INTO public.products SELECT i, CASE WHEN i % 2 = 0 THEN 'DE' END FROM generate_series(1, 2000) AS i;

CREATE TABLE public.invoices (
    id     bigint PRIMARY KEY,
    year   integer NOT NULL,
    number integer NOT NULL,
    amount numeric NOT NULL
);
INSERT INTO public.invoices SELECT i, 2026, i, 10 FROM generate_series(1, 2000) AS i;

CREATE TABLE public.parts (
    id          bigint PRIMARY KEY,
    code        text NOT NULL,
    legacy_code text
);
INSERT INTO public.parts SELECT i, CASE WHEN i = 1000 THEN 'x' ELSE i::text END FROM generate_series(1, 2000) AS i;

CREATE TABLE public.tickets (
    id     bigint PRIMARY KEY,
    number text NOT NULL
);
INSERT INTO public.tickets SELECT i, CASE WHEN i < 3 THEN 'twice' ELSE i::text END FROM generate_series(1, 2000) AS i;

CREATE TABLE public.accounts (
    id     bigint PRIMARY KEY,
    status text,
    visits integer NOT NULL DEFAULT 0
);
INSERT INTO public.accounts SELECT i FROM generate_series(1, 2000) AS i;

CREATE TABLE public.subscribers (
    id         bigint PRIMARY KEY,
    phone      text,
    country    text NOT NULL DEFAULT 'DE',
    phone_e164 text
);
INSERT INTO public.subscribers SELECT i, CASE WHEN i = 1000 THEN 'none' ELSE '0' || 30000000 + i END
FROM generate_series(1, 2000) AS i;

CREATE TABLE public.orders (
    id        bigint PRIMARY KEY,
    customer  text NOT NULL,
    placed_at timestamptz NOT NULL,
    total     numeric
);
INSERT INTO public.orders
SELECT i, 'Customer ' || i, timestamptz '2023-01-01 00:00 UTC' + i * interval '1 day', i FROM generate_series(1, 2000) AS i;
CREATE TABLE public.lines (order_id bigint REFERENCES public.orders ON DELETE CASCADE);

CREATE SCHEMA archive;
CREATE TABLE archive.orders (LIKE public.orders, archived_at timestamptz DEFAULT now());

CREATE SCHEMA reports;
CREATE TABLE reports.orders (id bigint PRIMARY KEY, total numeric, year integer);

ANALYZE;
