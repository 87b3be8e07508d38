-- Rows that were moved by a client while a step still had to work on them: its own last step looks for them by their keys.
CREATE TABLE neap.moved (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,   -- the same row may be noted again and again
    change text   NOT NULL,
    step   text   NOT NULL,
    key    text[] NOT NULL                                    -- of the row, or its tuple address where it has none
);
