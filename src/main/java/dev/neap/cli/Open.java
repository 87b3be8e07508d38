package dev.neap.cli;

/**
 * Something that has to be closed after use.
 *
 * @param closing run once, by {@link #close}
 */
public record Open<T>(T value, Runnable closing) implements AutoCloseable {

    /** What needs no closing. */
    public static <T> Open<T> of(T value) {
        return new Open<>(value, () -> {});
    }

    @Override
    public void close() {
        closing.run();
    }
}
