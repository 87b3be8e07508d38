package dev.neap.backfill;

/**
 * Finds the row whose data does not fit. Each time a range fails, the next one begins at the same place and is half as
 * long; once a single row fails, it is the one. A piece that succeeds is passed, and the search goes on behind it with the
 * same length, until the row is found or the whole suspicious stretch has been passed.
 */
final class Bisection {

    private long limit = Long.MAX_VALUE;
    private long left;

    /** The size to use, given what one would use otherwise. */
    long limit(long wanted) {
        return Math.min(wanted, limit);
    }

    /** Whether a search is on. */
    boolean searching() {
        return limit != Long.MAX_VALUE;
    }

    /**
     * A range of {@code size} units failed.
     *
     * @return whether it was a single one: then it is the culprit, and the search is over once it has been passed
     */
    boolean failed(long size) {
        if (size <= 1) {
            return true;
        }
        if (!searching()) {
            left = size;
        }
        limit = Math.max(1, size / 2);
        return false;
    }

    /** A range of {@code size} units succeeded. */
    void passed(long size) {
        if (!searching()) {
            return;
        }
        left -= size;
        if (left <= 0) {
            limit = Long.MAX_VALUE;
        }
    }

    /** The culprit has been passed. */
    void found() {
        limit = Long.MAX_VALUE;
    }
}
