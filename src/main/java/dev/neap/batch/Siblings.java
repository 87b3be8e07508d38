package dev.neap.batch;

import dev.neap.pace.StopFlag;
import dev.neap.pace.Turnstile;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The workers of one step: where one fails, the others end after their chunk; some may have to make room. */
final class Siblings {

    private final Turnstile turnstile;
    private final Seats seats;
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());

    /** @param turnstile every chunk goes through it */
    Siblings(Turnstile turnstile, Seats seats) {
        this.turnstile = turnstile;
        this.seats = seats;
    }

    Turnstile turnstile() {
        return turnstile;
    }

    Seats seats() {
        return seats;
    }

    StopFlag stop() {
        return turnstile.stop();
    }

    /** The first failure counts. */
    void failed(Throwable cause) {
        failure.updateAndGet(first -> first.or(() -> Optional.of(cause)));
    }

    Optional<Throwable> failure() {
        return failure.get();
    }

    boolean mustEnd() {
        return stop().isRaised() || failure.get().isPresent();
    }
}
