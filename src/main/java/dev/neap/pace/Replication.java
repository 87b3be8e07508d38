package dev.neap.pace;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much of their time workers may work so that the slowest standby keeps its backlog.
 *
 * <p>{@code rate = (least allowed of all standbys − written by others) / cost}, in seconds of work a second, see {@link
 * StandbyPace} and {@link WalCost}.
 */
final class Replication {

    /** With what rate a run begins, when nobody knows yet what its work costs and what the standbys can do. */
    private static final double CAREFUL = 0.1;

    private static final double LONGEST_FIRST_CHUNK = 0.05;

    /** When a run that began carefully goes without any limit: more workers than there can be. */
    private static final double FULL = 16;

    /** A chunk adds no more than that part of a standby's target at once. */
    private static final double CHUNK = 0.25;

    private final WalCost cost = new WalCost();
    private final Map<String, StandbyPace> standbys = new HashMap<>();
    private Instant at = Instant.MIN;
    private long written;
    private double start = CAREFUL;
    private Limit limit = Limit.NONE;

    /**
     * @param rate seconds of work a second, of all workers together; infinite for any
     * @param chunk the longest chunk, in seconds; infinite for any
     */
    record Limit(double rate, double chunk, Optional<String> because) {
        static final Limit NONE = new Limit(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Optional.empty());
    }

    /** Readings must come in the order of time. */
    void read(Reading.Replay reading, WorkLog log) {
        double elapsed = at.equals(Instant.MIN) ? 1 : Seconds.between(at, reading.at());
        if (elapsed <= 0) {
            // The clock was set back: the next reading is measured from here.
            at = reading.at();
            written = reading.written();
            return;
        }
        if (!at.equals(Instant.MIN)) {
            cost.read(elapsed, (double) Math.max(0, reading.written() - written), log.between(at, reading.at()));
        }
        at = reading.at();
        written = reading.written();
        Set<String> there = new HashSet<>();
        start(elapsed, !reading.standbys().isEmpty());
        for (Reading.Standby standby : reading.standbys()) {
            there.add(standby.name());
            if (standby.maxLag().isPresent() || standby.maxBytes().isPresent()) {
                StandbyPace pace = standbys.computeIfAbsent(standby.name(), name -> new StandbyPace());
                pace.read(elapsed, standby, written, cost.rate());
                slowest(standby.name(), pace);
            }
        }
        standbys.keySet().retainAll(there);
    }

    /** Doubles with each reading that shows some work, or more if they are seldom; as TCP begins. */
    private void start(double elapsed, boolean watched) {
        if (cost.isKnown()) {
            start *= Math.pow(2, Math.clamp(elapsed / 0.5, 1, 4));
        }
        limit = watched && start < FULL
                ? new Limit(start, LONGEST_FIRST_CHUNK, Optional.of("begins with care"))
                : Limit.NONE;
    }

    private void slowest(String name, StandbyPace pace) {
        if (pace.allowed().isEmpty()) {
            return;
        }
        double allowed = Math.max(0, pace.allowed().getAsDouble() - cost.others());
        double own = Math.max(1, cost.cost());
        double rate = cost.isKnown() ? allowed / own : CAREFUL;
        double chunk = cost.isKnown() && pace.target() > 0 ? CHUNK * pace.target() / own : Double.POSITIVE_INFINITY;
        boolean slower = rate < limit.rate();
        limit = new Limit(
                Math.min(rate, limit.rate()),
                Math.min(chunk, limit.chunk()),
                slower ? Optional.of(pace.words(name)) : limit.because());
    }

    Limit limit() {
        return limit;
    }
}
