package dev.neap.backfill;

/** Rows are not as they must be before something irreversible is done; nothing was done. */
public final class LastLookFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LastLookFailed(String message) {
        super(message);
    }

    /**
     * A row is not as it must be, and maybe others with it.
     *
     * @param wrong how many; ≥ 1
     */
    static LastLookFailed of(PendingRow row, long wrong) {
        return new LastLookFailed(
                ("The row with key %s of table %s is not as it must be%s: %s. So the contract has not begun: someone has got"
                        + " around the sync triggers, or a row that was set aside was not mended. Put %s right by hand,"
                        + " then complete the change again.")
                        .formatted(
                                String.join(", ", row.name()),
                                row.table(),
                                wrong == 1 ? "" : ", and %d more after it".formatted(wrong - 1),
                                row.how(),
                                wrong == 1 ? "it" : "them"));
    }

    /**
     * Rows of the range were not as they must be, and can't be named any more.
     *
     * @param wrong how many; ≥ 1
     */
    static LastLookFailed of(PassSetup setup, Range range, long wrong) {
        return new LastLookFailed(
                ("%s of table %s, after key %s up to %s: not as it must be. So the contract has not begun: someone has"
                        + " got around the sync triggers, or a row that was set aside was not mended. Put that right by"
                        + " hand, then complete the change again.")
                        .formatted(
                                wrong == 1 ? "A row" : wrong + " rows",
                                setup.unit().table(),
                                range.after().map(key -> String.join(", ", key)).orElse("(none)"),
                                String.join(", ", range.upTo())));
    }

    /** A row can't even be compared: what is to be dropped may be all that it has. */
    static LastLookFailed of(PassSetup setup, PoisonRow row) {
        return new LastLookFailed(
                ("The row with key %s of table %s can't be compared (%s): %s (SQLSTATE %s). So the contract has not begun,"
                        + " which would drop what may be the row's only value. Correct the row; or give the old value up, by"
                        + " setting the old column to NULL. Then complete the change again.")
                        .formatted(
                                String.join(", ", row.key()),
                                setup.unit().table(),
                                setup.backfill().pending().orElse(""),
                                row.message(),
                                row.sqlState()));
    }
}
