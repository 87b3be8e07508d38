package dev.neap.batch;

import dev.neap.pace.StopFlag;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The workers of one step: where one fails, the others end after their chunk. */
final class Siblings {

    private final StopFlag stop;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Siblings(StopFlag stop) {
        this.stop = stop;
    }

    StopFlag stop() {
        return stop;
    }

    /** The first failure counts. */
    void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    boolean mustEnd() {
        return stop.isRaised() || failure.get() != null;
    }
}
