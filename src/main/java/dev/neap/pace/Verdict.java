package dev.neap.pace;

import java.time.Duration;
import java.util.Optional;

/** What may happen next. */
public sealed interface Verdict {

    /**
     * The next chunk may run, now or after a rest.
     *
     * @param pause until then; zero is the permission to begin now. Whoever has rested asks again: it may have changed
     * @param chunk how long it should take; positive
     * @param because why not at once or not in full, as a phrase; empty where nothing slows work down
     */
    record Proceed(Duration pause, Duration chunk, Optional<String> because) implements Verdict {
        public Proceed {
            if (pause.isNegative() || !chunk.isPositive()) {
                throw new IllegalArgumentException("Neither can a rest be negative, nor a chunk take no time.");
            }
        }

        public boolean now() {
            return pause.isZero();
        }
    }

    /**
     * Nothing may run; ask again later.
     *
     * @param source what holds, by its name in the documents: {@code replication_lag}, {@code window}, {@code paused}
     * @param reason for people: a phrase with the reading and its limit
     */
    record Hold(String source, String reason) implements Verdict {}
}
