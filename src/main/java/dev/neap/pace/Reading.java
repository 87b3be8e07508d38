package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A signal as it was read once. */
public sealed interface Reading {

    /** When. */
    Instant at();

    /**
     * It was read.
     *
     * @param pressure how much of the room up to its limit is taken: 0 none, 1 just at the limit, more over it; not negative
     * @param what who is how far from which limit, as a phrase
     * @param value what was read, in the unit of the limit; empty where it is either so or not so
     */
    record Level(Instant at, double pressure, String what, OptionalDouble value) implements Reading {
        public Level(Instant at, double pressure, String what) {
            this(at, pressure, what, OptionalDouble.empty());
        }
    }

    /**
     * How far the standbys are, which also says how fast they are.
     *
     * @param pressure as with {@link Level}, of the worst of them
     * @param what as with {@link Level}, of the worst of them
     * @param written the primary's write position, in bytes since the beginning of the log
     */
    record Replay(Instant at, double pressure, String what, long written, List<Standby> standbys) implements Reading {
        public Replay {
            standbys = List.copyOf(standbys);
        }

        /**
         * How long until the next reading: while a standby is behind by a tenth of its limit, the work is steered by what is
         * read, and it is read five times as often as is set, though not more than each tenth of a second.
         *
         * @param every as is set; positive
         */
        public Duration next(Duration every) {
            Duration often = every.dividedBy(5).compareTo(OFTEN) > 0 ? every.dividedBy(5) : OFTEN;
            return pressure < NEAR || often.compareTo(every) > 0 ? every : often;
        }

        private static final double NEAR = 0.1;
        private static final Duration OFTEN = Duration.ofMillis(100);
    }

    /**
     * A standby at one moment. With at least one of its limits, the backlog is steered; without, only the pressure counts.
     *
     * @param replayed its replay position, in bytes since the beginning of the log
     * @param maxLag how far it may be behind in time; positive
     * @param maxBytes how far it may be behind in bytes; positive
     * @param lag how far it is behind in time; empty where that is not known
     */
    record Standby(
            String name,
            long replayed,
            Optional<Duration> maxLag,
            OptionalLong maxBytes,
            Optional<Duration> lag) {
        public Standby {
            if (maxLag.filter(most -> !most.isPositive()).isPresent() || maxBytes.orElse(1) <= 0) {
                throw new IllegalArgumentException("A limit of standby %s is not positive.".formatted(name));
            }
        }

        public Standby(String name, long replayed, Optional<Duration> maxLag, OptionalLong maxBytes) {
            this(name, replayed, maxLag, maxBytes, Optional.empty());
        }

        public Standby(String name, long replayed) {
            this(name, replayed, Optional.empty(), OptionalLong.empty());
        }
    }

    /**
     * It could not be read.
     *
     * @param why the error or what is missing, as a phrase
     */
    record Unreadable(Instant at, String why) implements Reading {}
}
