-- Everything of Neap's own in a database it works on. Created in schema neap.

-- One execution of a change. A change has at most one run that is not completed or rolled back.
CREATE TABLE neap.run (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change           text        NOT NULL,
    table_name       text        NOT NULL,
    fingerprint      text        NOT NULL,   -- of what the change does
    definition       text        NOT NULL,   -- the change file, as it was read
    snapshot         text        NOT NULL,   -- the catalog when the run began, as JSON: the plan is made from it again
    plan_fingerprint text        NOT NULL,   -- of the plan; another version of Neap must make the same
    neap_version     text        NOT NULL,
    state            text        NOT NULL,
    message          text,                   -- why it stands where it stands
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX run_one_open ON neap.run (change) WHERE state NOT IN ('COMPLETED', 'ROLLED_BACK');
CREATE INDEX run_by_change ON neap.run (change, id);

-- Every change of state, kept for good.
CREATE TABLE neap.transition (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id     bigint      NOT NULL REFERENCES neap.run (id),
    from_state text,                         -- NULL for the first
    to_state   text        NOT NULL,
    reason     text,
    by         text        NOT NULL,         -- user@host (process)
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX transition_by_run ON neap.transition (run_id, id);

-- Who works on a change right now. The row outlives its holder; an old heartbeat means a dead one.
CREATE TABLE neap.lease (
    change       text        PRIMARY KEY,
    token        uuid        NOT NULL,       -- a new one at each taking: a former holder's chunks no longer commit
    holder       text        NOT NULL,       -- for people: user@host (process)
    host         text        NOT NULL,       -- for machines: where pid means something
    pid          bigint      NOT NULL,
    started      text        NOT NULL,       -- when that process began, so that a reused pid is not mistaken for it
    taken_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    heartbeat_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ttl          interval    NOT NULL        -- without a heartbeat for so long, it may be taken over
);

-- How far a pass over a segment of the table is; a step has one row a segment. Written in the transaction of each chunk's
-- rows, so it is neither ahead nor behind.
CREATE TABLE neap.checkpoint (
    change     text        NOT NULL,
    step       text        NOT NULL,
    segment    integer     NOT NULL DEFAULT 0,  -- from 0; disjoint, and together the whole table
    seq        bigint      NOT NULL DEFAULT 0,  -- chunks committed; two processes can't both write the next one
    pass       integer     NOT NULL DEFAULT 1,  -- verification goes over the table until a pass finds nothing
    lower      text[],                          -- the segment begins after this key; NULL for the first
    upper      text[],                          -- its last key; NULL for an empty table
    position   text[],                          -- the last key done (or the last tuple address); NULL before the first
    file       bigint,                          -- where addresses are walked: the file that they are addresses in
    -- The stretch behind the position that is being woven, NULL where none is. A row is done if its strand is behind the
    -- one at hand, or is that and its span is behind the one at hand, or is that too and its key is not beyond within.
    ends       text[],                          -- the last keys of its spans, one slice each
    rows       bigint[],                        -- and how many rows they had
    modulus    integer,                         -- what strands are told by
    bounds     integer[],                       -- strand i: the remainders from bounds[i] to before bounds[i + 1]
    strand     integer,                         -- the one at hand, from 0
    span       integer,                         -- the one at hand, from 0
    within     text[],                          -- the last key done in this strand of this span; NULL before the first
    visited    bigint      NOT NULL DEFAULT 0,  -- rows passed in this pass
    changed    bigint      NOT NULL DEFAULT 0,  -- rows changed in all passes
    found      bigint      NOT NULL DEFAULT 0,  -- rows changed in this pass
    chunk_rows bigint      NOT NULL DEFAULT 0,  -- size of the last chunk: a restart begins with it
    finished   boolean     NOT NULL DEFAULT false,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (change, step, segment)
) WITH (fillfactor = 50);                       -- rewritten by every chunk: leave room for that on its page

-- Rows that an exactly-once backfill must leave alone: new ones, and done ones whose key moved ahead of the checkpoint.
CREATE TABLE neap.kept (
    change text   NOT NULL,
    step   text   NOT NULL,
    key    text[] NOT NULL,
    PRIMARY KEY (change, step, key)
);

-- Rows set aside because their data did not fit.
CREATE TABLE neap.quarantine (
    change   text        NOT NULL,
    step     text        NOT NULL,
    key      text[]      NOT NULL,
    sqlstate text        NOT NULL,
    message  text        NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (change, step, key)
);
