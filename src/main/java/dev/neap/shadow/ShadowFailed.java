package dev.neap.shadow;

/** There is no shadow. The message says why, and what to do: sentences. */
public final class ShadowFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ShadowFailed(String message) {
        super(message);
    }

    public ShadowFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
