package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How long nothing has been allowed to run. What gates hold is planned, and never too long. */
final class Holding {

    private final List<PaceListener> listeners;
    private Optional<Verdict.Hold> now = Optional.empty();
    private Instant since = Instant.MIN;
    private Optional<Instant> signalsSince = Optional.empty();
    private boolean told;
    private Optional<String> alert = Optional.empty();

    Holding(List<PaceListener> listeners) {
        this.listeners = listeners;
    }

    /**
     * Nothing may run.
     *
     * @param signal whether it is a signal that holds, and not a gate
     * @throws HeldTooLong if it was for too long, and that is set to end the run
     */
    void holds(Verdict.Hold hold, boolean signal, HoldLimit limit, Instant at) {
        if (now.isEmpty()) {
            since = at;
            listeners.forEach(listener -> listener.held(hold));
        }
        now = Optional.of(hold);
        signalsSince = signal ? signalsSince.or(() -> Optional.of(at)) : Optional.empty();
        Duration held = signalsSince.map(from -> Duration.between(from, at)).orElse(Duration.ZERO);
        if (held.compareTo(limit.max()) <= 0) {
            return;
        }
        if (!told) {
            told = true;
            alert = Optional.of("held for more than %s: %s".formatted(words(limit.max()), hold.reason()));
            listeners.forEach(listener -> listener.heldTooLong(hold, held));
        }
        switch (limit.then()) {
            case ALERT -> {
            }
            case FAIL -> throw new HeldTooLong(hold, held);
        }
    }

    /** Something may run. */
    void ends(Instant at) {
        now.ifPresent(hold -> {
            Duration held = Duration.between(since, at);
            listeners.forEach(listener -> listener.resumed(hold, held));
        });
        now = Optional.empty();
        signalsSince = Optional.empty();
        told = false;
    }

    /** What a person should be told; once. */
    Optional<String> alert() {
        Optional<String> taken = alert;
        alert = Optional.empty();
        return taken;
    }

    private static String words(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }
}
