-- A partitioned table is gone over leaf by leaf: the segments of each leaf are its own. 0 stands for the table as a whole.
ALTER TABLE neap.checkpoint ADD COLUMN unit oid NOT NULL DEFAULT 0;   -- the leaf

-- The addresses of rows say nothing without their leaf.
ALTER TABLE neap.quarantine ADD COLUMN unit oid NOT NULL DEFAULT 0;
ALTER TABLE neap.quarantine DROP CONSTRAINT quarantine_pkey, ADD PRIMARY KEY (change, step, unit, key);
