package dev.neap.batch;

import dev.neap.pace.Activity;
import dev.neap.pace.Pacer;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Stopped;
import dev.neap.pace.Verdict;
import dev.neap.run.Engine.Assignment;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps a change of structure from beginning while something holds. Once begun it can't be slowed down.
 *
 * @param pacer of an assignment
 * @param stop ends the waiting
 */
public record PacedStart(Function<Assignment, Pacer> pacer, StopFlag stop) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** What holds right now. */
    Optional<Verdict.Hold> held(Assignment assignment, Place place) {
        Pacer pace = pacer.apply(assignment);
        try (Pacer.Worker worker = pace.worker(Activity.STRUCTURE)) {
            Verdict verdict = worker.verdict();
            pace.alert().ifPresent(place::alert);
            return verdict instanceof Verdict.Hold hold ? Optional.of(hold) : Optional.empty();
        }
    }

    /**
     * Returns when nothing holds.
     *
     * @throws Stopped if asked to stop meanwhile
     */
    void await(Assignment assignment, Place place) {
        Pacer pace = pacer.apply(assignment);
        try (Pacer.Worker worker = pace.worker(Activity.STRUCTURE)) {
            while (worker.verdict() instanceof Verdict.Hold hold) {
                place.board().waiting(hold.source(), hold.reason());
                pace.alert().ifPresent(place::alert);
                if (stop.await(LOOK_AGAIN)) {
                    throw new Stopped();
                }
            }
            place.board().resumed();
        }
    }
}
