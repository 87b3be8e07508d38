package dev.neap.batch;

import dev.neap.pace.Activity;
import dev.neap.pace.Pacer;
import dev.neap.pace.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a step waits with what it does before its chunks, such as sampling a table to cut it: until a chunk that only reads
 * could begin. It is counted at the turnstile as a chunk is.
 */
final class Entrance {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Siblings siblings;
    private final Pacer pacer;
    private final PassReport report;

    Entrance(Siblings siblings, Pacer pacer, PassReport report) {
        this.siblings = siblings;
        this.pacer = pacer;
        this.report = report;
    }

    /**
     * Does the work as soon as nothing is in the way.
     *
     * @return empty if all must end before that
     * @throws dev.neap.pace.HeldTooLong if signals held for longer than is set, and that is set to end the run
     */
    <T> Optional<T> inside(Supplier<T> work) {
        try (Pacer.Worker worker = pacer.worker(Activity.READ)) {
            while (!siblings.mustEnd()) {
                Optional<Verdict.Hold> hold = worker.hold().or(() -> siblings.turnstile().enter());
                if (hold.isEmpty()) {
                    try {
                        report.resumed();
                        return Optional.of(work.get());
                    } finally {
                        siblings.turnstile().leave();
                    }
                }
                report.waiting(hold.get());
                pacer.alert().ifPresent(report::alert);
                if (siblings.stop().await(LOOK_AGAIN)) {
                    break;
                }
            }
            return Optional.empty();
        }
    }
}
