package dev.neap.backfill;

import dev.neap.jdbc.SqlState;

/** Why the last chunk did not commit, and so what to do before the next try. */
public sealed interface PassMood {

    /** Someone else was in the way: wait a little. */
    record Contended(String message) implements PassMood {}

    /** A row does not fit and is being looked for: go on at once. */
    record Searching(String message) implements PassMood {}

    /** How a chunk failed. */
    record Failed(SqlState kind, String sqlState, String message) {}
}
