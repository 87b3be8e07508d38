-- Notes are looked up in the order of their transactions: the order of their numbers is not that of their commits.
ALTER TABLE neap.moved ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE neap.moved DROP CONSTRAINT moved_pkey;
ALTER TABLE neap.moved ADD PRIMARY KEY (change, step, xid, id);

-- A look-up that is under way has counted by numbers: it begins anew, which does no harm.
DELETE FROM neap.checkpoint WHERE step LIKE '%-moved';
