package dev.neap.backfill;

/** A pass can't go on; the message says which rows, why, and what to do. Work done so far is kept. */
public final class BackfillFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BackfillFailed(String message) {
        super(message);
    }

    /** Pass after pass over a segment finds rows to put right. */
    static BackfillFailed neverRight(PassSetup setup, Checkpoint checkpoint) {
        return new BackfillFailed(
                ("%d rows of table %s were still wrong in pass %d over it: something keeps writing values that step"
                        + " %s has to put right. Find that writer and stop it, then run the change again.")
                        .formatted(checkpoint.found(), setup.unit().table(), checkpoint.pass(), setup.id()));
    }
}
