package dev.neap.plan;

import dev.neap.catalog.Key;

/** How the rows of a table are visited, and why so. */
public sealed interface Walk {

    /** The reason, as a sentence for the reader of the plan. */
    String reason();

    /** In key order: each range begins after the last key of the one before. */
    record ByKey(Key key, String reason) implements Walk {}

    /** In the order of the table's blocks, by {@code ctid}; only right where doing a row twice does no harm. */
    record ByBlock(String reason) implements Walk {}
}
