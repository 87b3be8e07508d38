package dev.neap.app;

/**
 * A password: it never shows when printed.
 *
 * @param value as the server wants it
 */
public record Secret(String value) {

    /** What stands in place of a password wherever a person may read it. */
    static final String MASK = "****";

    public static Secret of(String value) {
        return new Secret(value);
    }

    @Override
    public String toString() {
        return MASK;
    }
}
