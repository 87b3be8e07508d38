package dev.neap.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How soon trouble holds a run, on a clock of the test's own: within the signal's sampling interval plus one chunk nothing runs
 * any more, and within another interval and a look after its cure work goes on.
 */
class HoldBoundTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration CHUNK = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration STALE = Duration.ofSeconds(4);

    private final List<Instant> begun = new ArrayList<>();
    private final List<Instant> ended = new ArrayList<>();
    private final List<Verdict.Hold> holds = new ArrayList<>();
    private final List<Hand> hands = new ArrayList<>();
    private final Probe probe = new Probe();

    private Instant now = START;
    private Instant from = Instant.MAX;
    private Instant cure = Instant.MAX;
    private Duration every = Duration.ofMillis(500);

    /** What trouble makes of a signal. */
    enum Trouble {
        OVER_ITS_LIMIT, A_STANDBY_FAR_BEHIND, NOT_READABLE;

        private Reading reading(Instant at) {
            return switch (this) {
                case OVER_ITS_LIMIT -> new Reading.Level(at, 1.2, "3 sessions wait");
                case A_STANDBY_FAR_BEHIND -> new Reading.Replay(at, 5, "s1 is far behind", 1_000, List.of());
                case NOT_READABLE -> new Reading.Unreadable(at, "permission denied");
            };
        }
    }

    /** A signal that is read at intervals, as far as it can be. */
    private final class Probe implements SignalSource {
        private Reading latest = new Reading.Unreadable(START, "not read yet");
        private Instant next = START;
        private Trouble trouble = Trouble.NOT_READABLE;
        private boolean hangs;
        private boolean isIgnored;

        private void look() {
            boolean inTrouble = !now.isBefore(from) && now.isBefore(cure);
            if (now.isBefore(next) || (inTrouble && hangs)) {
                return;
            }
            latest = inTrouble ? trouble.reading(now) : new Reading.Level(now, 0.1, "all is well");
            next = now.plus(every);
        }

        @Override
        public String name() {
            return "the_signal";
        }

        @Override
        public Reading latest() {
            return latest;
        }

        @Override
        public Duration staleAfter() {
            return STALE;
        }

        @Override
        public OnUnreadable onUnreadable() {
            return isIgnored ? OnUnreadable.IGNORE : OnUnreadable.HOLD;
        }
    }

    private final class Hand {
        private final Pacer.Worker worker;
        private Instant until = START;
        private boolean busy;

        private Hand(Pacer.Worker worker) {
            this.worker = worker;
        }

        private void step() {
            if (now.isBefore(until)) {
                return;
            }
            if (busy) {
                busy = false;
                ended.add(now);
                worker.done(new ChunkDone(now, CHUNK, 100, 100));
            }
            switch (worker.verdict()) {
                case Verdict.Hold hold -> {
                    holds.add(hold);
                    until = now.plus(LOOK);
                }
                case Verdict.Proceed proceed -> {
                    busy = proceed.now();
                    if (busy) {
                        begun.add(now);
                    }
                    until = now.plus(busy ? CHUNK : shorter(proceed.pause()));
                }
            }
        }

        private static Duration shorter(Duration pause) {
            return pause.compareTo(LOOK) < 0 ? pause : LOOK;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OVER_ITS_LIMIT, 1, 5003", "OVER_ITS_LIMIT, 4, 5249", "A_STANDBY_FAR_BEHIND, 4, 5499", "NOT_READABLE, 1, 5000",
        "NOT_READABLE, 4, 5001", "NOT_READABLE, 16, 5123"
    })
    void holdsWithinOneIntervalAndOneChunkAndGoesOnWithinOneIntervalAndALook(Trouble what, int workers, long millis) {
        probe.trouble = what;
        from = START.plusMillis(millis);
        cure = from.plusSeconds(60);
        work(workers);
        run(from);
        Instant badReading = probe.next.isBefore(from) ? from : probe.next;
        run(cure);

        assertThat(begun).as("begun with the bad reading, or after it").allMatch(at -> at.isBefore(badReading));
        assertThat(ended).as("ended").allMatch(at -> !at.isAfter(from.plus(every).plus(CHUNK)));
        assertThat(ended.stream().filter(at -> !at.isBefore(badReading)).count())
                .as("of those begun before, one a worker")
                .isLessThanOrEqualTo(workers);
        assertThat(holds).extracting(Verdict.Hold::source).containsOnly("the_signal");

        run(cure.plus(every).plus(LOOK));
        assertThat(begun.getLast()).as("goes on by itself").isAfterOrEqualTo(cure);
    }

    /** Nobody says that it hangs: what is read grows old. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void holdsWithinItsStalenessAndOneChunkWhereAReadingHangs(int workers) {
        probe.hangs = true;
        from = START.plusMillis(5_001);
        cure = from.plusSeconds(60);
        work(workers);
        run(cure);

        Instant grownOld = from.plus(STALE);
        assertThat(begun).allMatch(at -> !at.isAfter(grownOld));
        assertThat(ended).allMatch(at -> !at.isAfter(grownOld.plus(CHUNK)));
        assertThat(holds.getLast().reason()).matches("the signal was last read \\d+ s ago");

        run(cure.plus(every).plus(LOOK));
        assertThat(begun.getLast()).isAfterOrEqualTo(cure);
    }

    @Test
    void notOneChunkRunsBeforeTheFirstReading() {
        every = Duration.ofSeconds(1);
        probe.next = START.plusSeconds(3);
        work(4);
        run(START.plusSeconds(3));
        assertThat(begun).isEmpty();

        run(START.plusSeconds(3).plus(LOOK));
        assertThat(begun).hasSize(4);
    }

    @Test
    void worksOnThroughWhatIsSetToBeIgnored() {
        probe.isIgnored = true;
        from = START.plusSeconds(5);
        work(1);
        run(START.plusSeconds(20));
        assertThat(begun).hasSizeGreaterThan(75);
        assertThat(holds).isEmpty();
    }

    private void work(int workers) {
        PaceTerms terms = new PaceTerms(
                CHUNK, Duration.ZERO, 1, new HoldLimit(Duration.ofDays(1), HoldLimit.OnMaxHold.ALERT));
        Pacer pacer = new Pacer(List.of(probe), List.of(), () -> terms, () -> now);
        for (int i = 0; i < workers; i++) {
            hands.add(new Hand(pacer.worker(Activity.CHANGE)));
        }
    }

    /** Until just before then. */
    private void run(Instant end) {
        for (; now.isBefore(end); now = now.plus(TICK)) {
            probe.look();
            hands.forEach(Hand::step);
        }
    }
}
