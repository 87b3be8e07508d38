package dev.neap.pace;

/** Work ended early because it was asked to; it can be gone on with. */
public final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Stopped() {
        super("Stopped on request.");
    }
}
