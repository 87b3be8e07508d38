package dev.neap.backfill;

/** Rows are not as they must be before something irreversible is done; nothing was done. */
public final class LastLookFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LastLookFailed(String message) {
        super(message);
    }
}
