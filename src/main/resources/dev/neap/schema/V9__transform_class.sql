-- The classes that a run transforms rows with: one that was exchanged meanwhile would finish what another has begun.
CREATE TABLE neap.transform_class (
    run_id bigint NOT NULL REFERENCES neap.run (id),
    class  text   NOT NULL,
    sha256 text   NOT NULL,   -- of what its jar holds, or of the class itself where it is one of Neap's own
    source text   NOT NULL,   -- where it came from, for people
    PRIMARY KEY (run_id, class)
);
