package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one signal means for the work: it learns from each of its readings once. */
final class Governor {

    private final SignalSource source;
    private final Yielding yielding = new Yielding();
    private final Replication replication = new Replication();
    private Instant seen = Instant.MIN;
    private Opinion opinion = Opinion.NONE;

    /**
     * @param hold why nothing may run
     * @param pressure of the last reading; infinite if it could not be read
     * @param share which part of its time each worker may work, above 0 and up to 1
     * @param limit for all workers together
     * @param what the last reading, as a phrase
     * @param replay whether it only speaks of standbys
     */
    record Opinion(
            Optional<Verdict.Hold> hold,
            double pressure,
            double share,
            Replication.Limit limit,
            String what,
            boolean replay) {
        static final Opinion NONE = new Opinion(Optional.empty(), 0, 1, Replication.Limit.NONE, "", false);
    }

    /** A reading from further ahead is of a clock that has been set back since: how old it is, nobody knows. */
    private static final Duration AHEAD = Duration.ofSeconds(-1);

    Governor(SignalSource source) {
        this.source = source;
    }

    Opinion look(Instant now, WorkLog log) {
        Reading reading = source.latest();
        Duration age = Duration.between(reading.at(), now);
        if (reading instanceof Reading.Unreadable unreadable) {
            return blind(source.words() + " can't be read: " + unreadable.why());
        }
        if (age.compareTo(AHEAD) < 0) {
            return blind(source.words() + " was last read before the clock was set back");
        }
        if (age.compareTo(source.staleAfter()) > 0) {
            return blind("%s was last read %d s ago".formatted(source.words(), age.toSeconds()));
        }
        if (!reading.at().equals(seen)) {
            learn(reading, log);
        }
        return opinion;
    }

    private void learn(Reading reading, WorkLog log) {
        double elapsed = seen.equals(Instant.MIN) ? 0 : Seconds.between(seen, reading.at());
        seen = reading.at();
        switch (reading) {
            case Reading.Level level -> {
                yielding.read(level.pressure(), elapsed, true);
                opinion = opinion(level.pressure(), level.what(), false);
            }
            case Reading.Replay replay -> {
                boolean steered = replay.standbys()
                        .stream()
                        .allMatch(standby -> standby.maxLag().isPresent() || standby.maxBytes().isPresent());
                yielding.read(replay.pressure(), elapsed, !steered);
                replication.read(replay, log);
                opinion = opinion(replay.pressure(), replay.what(), true);
            }
            case Reading.Unreadable unreadable -> throw new IllegalStateException("Nothing can be learned from that.");
        }
    }

    private Opinion opinion(double pressure, String what, boolean replay) {
        Optional<Verdict.Hold> hold = yielding.holds()
                ? Optional.of(new Verdict.Hold(source.name(), what))
                : Optional.empty();
        return new Opinion(hold, pressure, yielding.share(), replication.limit(), what, replay);
    }

    private Opinion blind(String why) {
        return switch (source.onUnreadable()) {
            case HOLD -> new Opinion(
                    Optional.of(new Verdict.Hold(source.name(), why)),
                    Double.POSITIVE_INFINITY,
                    1,
                    Replication.Limit.NONE,
                    why,
                    false);
            case IGNORE -> Opinion.NONE;
        };
    }
}
