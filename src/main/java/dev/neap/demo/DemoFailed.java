package dev.neap.demo;

/** The demo could not be set up or carried on. The message says object, fact and remedy. */
public final class DemoFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DemoFailed(String message) {
        super(message);
    }

    public DemoFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
