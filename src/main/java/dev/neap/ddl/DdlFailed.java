package dev.neap.ddl;

/** A step can't be done; the message says which, why, and what to do. Nothing of it was left half done. */
public class DdlFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DdlFailed(String message, Throwable cause) {
        super(message, cause);
    }

    public DdlFailed(String message) {
        super(message);
    }
}
