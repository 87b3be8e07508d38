package dev.neap.batch;

import dev.neap.pace.StopFlag;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The workers of one step: where one fails, the others end after their chunk. */
final class Siblings {

    private final StopFlag stop;
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());

    Siblings(StopFlag stop) {
        this.stop = stop;
    }

    StopFlag stop() {
        return stop;
    }

    /** The first failure counts. */
    void failed(Throwable cause) {
        failure.updateAndGet(first -> first.or(() -> Optional.of(cause)));
    }

    Optional<Throwable> failure() {
        return failure.get();
    }

    boolean mustEnd() {
        return stop.isRaised() || failure.get().isPresent();
    }
}
