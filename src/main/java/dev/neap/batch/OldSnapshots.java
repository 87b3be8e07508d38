package dev.neap.batch;

import dev.neap.backfill.Horizon;
import dev.neap.backfill.Pass;
import dev.neap.change.EffortOptions.OldSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notices that visiting pages several times gains nothing, since rows don't stay on them, and does what is asked for then:
 * goes on in plain ranges, or holds, until whoever is in the way is gone. One for all workers of a step.
 */
final class OldSnapshots {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** How long it does not ask again where nobody is seen: another worker may have been slow for a moment. */
    private static final Duration NOBODY = Duration.ofSeconds(10);

    private final OldSnapshot policy;
    private final Supplier<Optional<Horizon>> holder;
    private final Consumer<String> event;
    private final InstantSource clock;

    private Optional<Horizon> seen = Optional.empty();
    private Instant next = Instant.EPOCH;
    private boolean plain;

    /**
     * @param holder asks the server who is in the way
     * @param event takes what a person would want to read later
     */
    OldSnapshots(
            OldSnapshot policy,
            Supplier<Optional<Horizon>> holder,
            Consumer<String> event,
            InstantSource clock) {
        this.policy = policy;
        this.holder = holder;
        this.event = event;
        this.clock = clock;
    }

    /**
     * To be asked between chunks, in no transaction.
     *
     * @return why work has to hold; empty if it may go on
     */
    synchronized Optional<String> hold(Pass pass) {
        Instant now = clock.instant();
        if (!plain && pass.hot().isPoor() && !now.isBefore(next)) {
            seen = holder.get();
            plain = seen.isPresent();
            next = now.plus(plain ? LOOK_AGAIN : NOBODY);
            seen.ifPresent(
                    holding -> event.accept("rows find no room on their pages: %s keeps PostgreSQL from pruning%s"
                            .formatted(holding.words(), waits() ? "" : "; going on in plain ranges")));
        } else if (plain && !now.isBefore(next)) {
            seen = holder.get();
            next = now.plus(LOOK_AGAIN);
            plain = seen.isPresent();
        }
        pass.weave(!plain);
        return waits() ? seen.map(holding -> holding.words() + " keeps PostgreSQL from pruning") : Optional.empty();
    }

    private boolean waits() {
        return plain && policy == OldSnapshot.WAIT && seen.filter(Horizon::passes).isPresent();
    }
}
