package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets pieces of work in one by one, and none while it is closed. So a pause has been reached when the last one that was in
 * has left, and not before: nothing can slip in between the question whether it may and the work itself.
 */
public final class Turnstile implements Gate {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final StopFlag stop;
    private Optional<Verdict.Hold> shut = Optional.empty();
    private int inside;

    /** @param stop ends the waiting before it, too */
    public Turnstile(StopFlag stop) {
        this.stop = stop;
    }

    public StopFlag stop() {
        return stop;
    }

    /** From now on nobody comes in; those who are in go on until they leave. */
    public synchronized void close(Verdict.Hold hold) {
        shut = Optional.of(hold);
    }

    public synchronized void open() {
        shut = Optional.empty();
    }

    /**
     * Comes in, if it is open; then {@link #leave} must follow.
     *
     * @return why nobody may; empty if the caller is in
     */
    public synchronized Optional<Verdict.Hold> enter() {
        if (shut.isEmpty()) {
            inside++;
        }
        return shut;
    }

    /**
     * Comes in as soon as it is open; then {@link #leave} must follow.
     *
     * @param waiting is told why nothing moves, again and again
     * @throws Stopped if asked to stop meanwhile
     */
    public void await(Consumer<String> waiting) {
        for (Optional<Verdict.Hold> hold = enter(); hold.isPresent(); hold = enter()) {
            waiting.accept(hold.get().reason());
            if (stop.await(LOOK_AGAIN)) {
                throw new Stopped();
            }
        }
    }

    public synchronized void leave() {
        inside--;
    }

    /** Whether it is closed and everybody has left. */
    public synchronized boolean isStill() {
        return shut.isPresent() && inside == 0;
    }

    /** Why nobody comes in; empty while it is open. */
    public synchronized Optional<Verdict.Hold> hold() {
        return shut;
    }

    @Override
    public Optional<Verdict.Hold> closed(Instant now, Duration chunk) {
        return hold();
    }
}
