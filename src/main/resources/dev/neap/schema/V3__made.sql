-- The steps that a run itself carried out: a rollback takes back these, and leaves what somebody else had made. Written in the
-- step's own transaction, or, for what can't be done in one, just before it.
CREATE TABLE neap.made (
    run_id bigint      NOT NULL REFERENCES neap.run (id),
    step   text        NOT NULL,
    at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, step)
);

-- Runs that began before there were such notes take back whatever they find.
ALTER TABLE neap.run ADD COLUMN notes_made boolean NOT NULL DEFAULT false;
ALTER TABLE neap.run ALTER COLUMN notes_made SET DEFAULT true;
