package dev.neap.transform;

/**
 * The class does something that no row can excuse: it names a column that the change file does not, or gives a value that
 * has no form in PostgreSQL. The run fails at once; the message says what to write instead.
 */
public final class TransformMistake extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TransformMistake(String message) {
        super(message);
    }
}
