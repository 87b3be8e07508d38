package dev.neap.metrics;

/** The metrics can't be served where they should be. */
public final class MetricsUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MetricsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
