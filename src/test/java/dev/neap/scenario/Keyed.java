package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;

/**
 * A table with a key of some kind, a column {@code source} and a counter {@code n} that is 0 in every row.
 *
 * @param label what is special about it
 * @param oldest whether it is tried on the oldest server too
 * @param table as SQL
 * @param given statements that make it, with all its rows
 * @param move the SET list that gives a row another key; empty if it has none to give
 */
record Keyed(String label, boolean oldest, String table, String given, String move) {

    private static final int ROWS = 10_000;

    /** A table {@code public.t} with one key column {@code id}, on the newest server only. */
    static Keyed by(String type, String valueOfN, String another) {
        return new Keyed(
                type,
                false,
                "public.t",
                """
                        CREATE TABLE t (id %1$s PRIMARY KEY, source text NOT NULL, n int NOT NULL DEFAULT 0);
                        INSERT INTO t SELECT %2$s, 'Source ' || n FROM generate_series(1, %3$d) n;
                        """.formatted(type, valueOfN, ROWS),
                "id = " + another);
    }

    /** The same on the oldest server too. */
    Keyed onOldestToo() {
        return new Keyed(label, true, table, given, move);
    }

    /** Under another label, after other statements. */
    Keyed after(String what, String statements) {
        return new Keyed(what, oldest, table, statements + given, move);
    }

    static Keyed of(String label, String table, String given, String move) {
        return new Keyed(label, true, table, given.replace(":rows", String.valueOf(ROWS)), move);
    }

    void prepare(TestDatabase database) {
        database.execute(given);
    }

    /** A statement of an application that gives some row another key, anywhere in the key space. */
    String moveOne() {
        return "UPDATE %1$s SET %2$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s OFFSET floor(random() * %3$d) LIMIT 1))"
                .formatted(table, move, ROWS);
    }

    @Override
    public String toString() {
        return label;
    }
}
