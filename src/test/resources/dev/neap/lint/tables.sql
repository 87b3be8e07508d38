-- Dumped from database version 18.6
CREATE EXTENSION citext;
CREATE EXTENSION btree_gist;
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email text NOT NULL,
    name text,
    nickname varchar(40),
    status text,
    api_key text,
    seen_at timestamp,
    age integer,
    valid_from date,
    valid_to date,
    CONSTRAINT name_is_short CHECK (length(name) < 1000)
);
CREATE INDEX users_status ON users (status);
CREATE UNIQUE INDEX users_api_key ON users (api_key);
CREATE TABLE orders (
    id bigint NOT NULL,
    user_id bigint,
    number text,
    status varchar(20),
    amount numeric(10, 2),
    weight numeric(10, 2),
    placed_at timestamptz,
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX orders_id ON orders (id);
CREATE TABLE old_orders (id bigint, note text);
CREATE VIEW open_orders AS SELECT id, user_id FROM orders WHERE status = 'open';
CREATE MATERIALIZED VIEW daily_totals AS SELECT placed_at::date AS day, sum(amount) AS total FROM orders GROUP BY 1;
CREATE UNIQUE INDEX daily_totals_day ON daily_totals (day);
CREATE TABLE events (id bigint, happened_on date NOT NULL) PARTITION BY RANGE (happened_on);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (id bigint, happened_on date NOT NULL);
CREATE TABLE visits (id bigint, happened_on date NOT NULL) PARTITION BY RANGE (happened_on);
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
CREATE TABLE visits_2026 (id bigint, happened_on date NOT NULL,
    CONSTRAINT in_2026 CHECK (happened_on >= '2026-01-01' AND happened_on < '2027-01-01'));
CREATE TYPE reading AS (sensor integer, value integer);
CREATE TABLE readings OF reading;
CREATE UNIQUE INDEX old_orders_id ON old_orders (id);
CREATE TABLE tickets (id integer PRIMARY KEY, title text);
CREATE SEQUENCE users_number;
CREATE SCHEMA archive;
CREATE DOMAIN whole AS integer;
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE FUNCTION any_number() RETURNS integer LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
CREATE TABLE visitors (mood mood, settings jsonb, network cidr, guests whole);
ALTER TABLE visitors ADD CONSTRAINT few_guests CHECK (guests < 10) NOT VALID;
CREATE TRIGGER if_changed BEFORE UPDATE ON visitors FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
