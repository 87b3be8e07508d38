package dev.neap.demo;

import java.time.Duration;

/**
 * What a person may choose about the demo.
 *
 * @param rows of the users table; {@value #MIN_ROWS} to {@value #MAX_ROWS}
 * @param operationsPerSecond of the application; 1 to 10,000
 * @param baseline how long the application is watched before the change begins; at least 100 ms
 */
public record DemoOptions(long rows, int operationsPerSecond, Duration baseline) {

    public static final long MIN_ROWS = 1_000;
    public static final long MAX_ROWS = 50_000_000;
    public static final long DEFAULT_ROWS = 1_000_000;

    public DemoOptions {
        if (rows < MIN_ROWS || rows > MAX_ROWS) {
            throw new IllegalArgumentException("A demo with %,d rows was asked for. Choose from %,d to %,d."
                    .formatted(rows, MIN_ROWS, MAX_ROWS));
        }
        if (operationsPerSecond < 1 || operationsPerSecond > 10_000) {
            throw new IllegalArgumentException(
                    "A demo with %,d operations a second was asked for. Choose from 1 to 10,000."
                            .formatted(operationsPerSecond));
        }
        if (baseline.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("A baseline of %s was asked for. Choose at least 100 ms."
                    .formatted(baseline));
        }
    }

    /** The usual demo on a table of this many rows. */
    public static DemoOptions ofRows(long rows) {
        return new DemoOptions(rows, 300, Duration.ofSeconds(5));
    }

    /**
     * A generous guess of the bytes that both servers need: each row in two versions with its indexes (700 bytes), on
     * two servers, and two times the WAL that they keep.
     */
    long bytesNeeded() {
        return rows * 1_400 + Math.min(rows * 2_000, 5_000_000_000L) + 200_000_000L;
    }
}
