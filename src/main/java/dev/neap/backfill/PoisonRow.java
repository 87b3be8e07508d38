package dev.neap.backfill;

import java.util.List;

/**
 * A row whose data does not fit.
 *
 * @param range holds this row only
 */
record PoisonRow(Range range, String sqlState, String message) {

    List<String> key() {
        return range.upTo();
    }
}
