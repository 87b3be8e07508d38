package dev.neap.ddl;

import java.time.Duration;

/** Durations for messages. */
final class Durations {

    private Durations() {}

    /** {@code 850 ms}, {@code 12 s}, {@code 3 min}. */
    static String words(Duration duration) {
        if (duration.toMillis() < 1_000) {
            return duration.toMillis() + " ms";
        }
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }
}
