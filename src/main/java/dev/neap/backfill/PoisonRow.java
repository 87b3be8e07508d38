package dev.neap.backfill;

import java.util.List;

/**
 * A row whose data does not fit.
 *
 * @param range holds this row only
 * @param key its name
 */
record PoisonRow(Range range, List<String> key, String sqlState, String message) {}
