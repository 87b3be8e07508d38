package dev.neap.backfill;

/** The checkpoint moved or the lease went to another process: this one must not write any more. */
public final class ClaimLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClaimLost(String message) {
        super(message);
    }
}
