-- What is asked of a run while a process works on it, and what that process has reached of it.
CREATE TABLE neap.control (
    change   text        PRIMARY KEY,
    state    text        NOT NULL DEFAULT 'FREE',
    asked    bigint      NOT NULL DEFAULT 0,    -- how many requests there were
    heard    bigint      NOT NULL DEFAULT 0,    -- the last of them that the process has taken notice of
    asked_by text,                              -- user@host (process), of the last one that changed the state
    asked_at timestamptz
) WITH (fillfactor = 50);

-- Values that count before those of the change file and the configuration. One that lasts is kept below one for a while, and
-- counts again when that has run out.
CREATE TABLE neap.tuned (
    change text        NOT NULL,
    name   text        NOT NULL,
    lasts  boolean     NOT NULL,
    value  text        NOT NULL,
    until  timestamptz,                         -- NULL for one that lasts
    by     text        NOT NULL,
    at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (change, name, lasts),
    CHECK (lasts = (until IS NULL))
);

-- Everything that people asked for while a run was open, and what came of it; kept for good.
CREATE TABLE neap.audit (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id    bigint      NOT NULL REFERENCES neap.run (id),
    what      text        NOT NULL,             -- control, or the name of the setting
    from_text text,
    to_text   text,
    reason    text        NOT NULL,
    by        text        NOT NULL,             -- user@host (process)
    at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX audit_by_run ON neap.audit (run_id, id);

-- How far each change is, as its process said about a second ago; not part of any chunk.
CREATE TABLE neap.progress (
    change          text        PRIMARY KEY,
    phase           text        NOT NULL,
    step            integer     NOT NULL,       -- from 1; 0 before the first
    steps           integer     NOT NULL,
    title           text        NOT NULL,
    visited         bigint      NOT NULL,       -- rows passed in this pass
    total           bigint      NOT NULL,       -- rows that it will pass, estimated; 0 where rows do not matter
    changed         bigint      NOT NULL,
    rows_per_second double precision NOT NULL,
    workers         integer     NOT NULL,
    remaining_low   interval,                   -- NULL until enough is known
    remaining_high  interval,
    waiting         text,                       -- why nothing moves; NULL if something does
    waiting_for     text,                       -- by its name in the documents: replication_lag, ddl_lock, paused
    waiting_since   timestamptz,
    held            interval    NOT NULL,       -- how long nothing moved, since the step began
    step_began_at   timestamptz NOT NULL,
    readings        jsonb       NOT NULL,       -- of the signals
    events          jsonb       NOT NULL,       -- the last lines, the oldest first
    at              timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 30);                       -- written once a second: leave room for that on its page
