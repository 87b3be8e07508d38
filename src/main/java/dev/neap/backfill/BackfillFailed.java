package dev.neap.backfill;

/** A pass can't go on; the message says which rows, why, and what to do. Work done so far is kept. */
public final class BackfillFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BackfillFailed(String message) {
        super(message);
    }
}
