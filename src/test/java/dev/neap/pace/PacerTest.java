package dev.neap.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neap.pace.HoldLimit.OnMaxHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final HoldLimit PATIENT = new HoldLimit(Duration.ofHours(1), OnMaxHold.ALERT);

    private final FixedSignal signal = new FixedSignal();
    private final List<Gate> gates = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private PaceTerms terms = terms(1, Duration.ZERO, PATIENT);

    /** Says what the test says. */
    private static final class FixedSignal implements SignalSource {
        private Reading reading = new Reading.Unreadable(Instant.EPOCH, "not read yet");
        private OnUnreadable onUnreadable = OnUnreadable.HOLD;

        @Override
        public String name() {
            return "the_signal";
        }

        @Override
        public Reading latest() {
            return reading;
        }

        @Override
        public Duration staleAfter() {
            return Duration.ofSeconds(10);
        }

        @Override
        public OnUnreadable onUnreadable() {
            return onUnreadable;
        }
    }

    @Test
    void beginsAtOnceWhileAllSignalsLeaveRoom() {
        level(0.5);

        assertThat(worker(Activity.CHANGE).verdict())
                .isEqualTo(new Verdict.Proceed(Duration.ZERO, Duration.ofMillis(250), Optional.empty()));
    }

    @Test
    void holdsWithTheReasonOfTheSignalThatIsOverItsLimit() {
        level(1.5);

        assertThat(worker(Activity.CHANGE).verdict()).isEqualTo(new Verdict.Hold("the_signal", "at 1.5"));
    }

    @Test
    void holdsWhenASignalCannotBeRead() {
        signal.reading = new Reading.Unreadable(now, "permission denied");

        assertThat(worker(Activity.CHANGE).verdict())
                .isEqualTo(new Verdict.Hold("the_signal", "the signal can't be read: permission denied"));
    }

    @Test
    void holdsWhenASignalWasLastReadTooLongAgo() {
        level(0.5);
        now = now.plusSeconds(11);

        assertThat(worker(Activity.CHANGE).verdict())
                .isEqualTo(new Verdict.Hold("the_signal", "the signal was last read 11 s ago"));
    }

    @Test
    void goesOnWithoutASignalThatMayBeIgnored() {
        signal.onUnreadable = OnUnreadable.IGNORE;

        assertThat(isNow(worker(Activity.CHANGE).verdict())).isTrue();
    }

    @Test
    void holdsWhileAGateIsClosedWhateverTheSignalsSay() {
        level(2);
        gates.add((at, chunk) -> Optional.of(new Verdict.Hold("window", "opens at 22:00")));

        assertThat(worker(Activity.CHANGE).verdict()).isEqualTo(new Verdict.Hold("window", "opens at 22:00"));
    }

    @Test
    void tellsGatesHowLongTheLastChunkTookIfThatIsMoreThanItShouldBe() {
        level(0.5);
        List<Duration> asked = new ArrayList<>();
        gates.add((at, chunk) -> {
            asked.add(chunk);
            return Optional.empty();
        });
        Pacer.Worker worker = worker(Activity.CHANGE);
        work(worker, Duration.ofSeconds(3));
        worker.verdict();

        assertThat(asked).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(3));
    }

    @Test
    void worksOnlyItsShareOfTheTime() {
        terms = terms(0.25, Duration.ZERO, PATIENT);
        level(0.5);
        Pacer.Worker worker = worker(Activity.CHANGE);
        work(worker, Duration.ofMillis(200));

        assertThat(seconds(worker.verdict())).isCloseTo(0.6, within(0.001));
        now = now.plusMillis(500);
        assertThat(seconds(worker.verdict())).isCloseTo(0.1, within(0.001));
        now = now.plusMillis(100);
        assertThat(isNow(worker.verdict())).isTrue();
    }

    /** What is written less of is also written in smaller pieces: others wait for one at a time. */
    @Test
    void shrinksTheChunkWithTheSquareOfTheShareThatASignalLeavesIt() {
        Pacer.Worker worker = worker(Activity.CHANGE);
        level(1);
        assertThat(worker.verdict())
                .isEqualTo(new Verdict.Proceed(
                        Duration.ZERO, Duration.ofNanos(62_500_000), Optional.of("works 50 % of the time: at 1.0")));
        now = now.plusMillis(125);
        worker.done(new ChunkDone(now, Duration.ofMillis(125), 100, 100));
        assertThat(seconds(worker.verdict())).isCloseTo(0.125, within(0.001));
    }

    @Test
    void takesANewShareAtOnce() {
        terms = terms(0.01, Duration.ZERO, PATIENT);
        level(0.5);
        Pacer.Worker worker = worker(Activity.CHANGE);
        work(worker, Duration.ofMillis(200));
        assertThat(seconds(worker.verdict())).isGreaterThan(19);

        terms = terms(1, Duration.ZERO, PATIENT);
        assertThat(isNow(worker.verdict())).isTrue();
    }

    @Test
    void restsAtLeastAsLongAsIsSet() {
        terms = terms(0.5, Duration.ofSeconds(2), PATIENT);
        level(0.5);
        Pacer.Worker worker = worker(Activity.CHANGE);
        work(worker, Duration.ofMillis(200));

        assertThat(seconds(worker.verdict())).isCloseTo(2, within(0.001));
    }

    @Test
    void doesNotHoldAReaderForStandbysUnlessItWrites() {
        signal.reading = new Reading.Replay(now, 3, "s1 is far behind", 0, List.of());
        Pacer.Worker reader = worker(Activity.READ);
        assertThat(isNow(reader.verdict())).isTrue();

        now = now.plusMillis(100);
        reader.done(new ChunkDone(now, Duration.ofMillis(100), 500, 2));
        assertThat(reader.verdict()).isEqualTo(new Verdict.Hold("the_signal", "s1 is far behind"));
    }

    @Test
    void holdsAReaderWhereTheSignalCannotBeRead() {
        assertThat(worker(Activity.READ).verdict()).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void alertsOnceWhenSignalsHoldForTooLong() {
        terms = terms(1, Duration.ZERO, new HoldLimit(Duration.ofMinutes(10), OnMaxHold.ALERT));
        Pacer pacer = pacer();
        Pacer.Worker worker = pacer.worker(Activity.CHANGE);
        level(2);
        worker.verdict();
        now = now.plus(Duration.ofMinutes(11));
        level(2);
        worker.verdict();
        worker.verdict();
        assertThat(pacer.alert()).contains("held for more than 10 min: at 2.0");
        assertThat(pacer.alert()).isEmpty();

        now = now.plusSeconds(1);
        level(0.1);
        worker.verdict();
        assertThat(heard).containsExactly("held", "too long after 660 s", "resumed after 661 s");
    }

    @Test
    void endsTheRunWhenSignalsHoldForTooLongIfThatIsSet() {
        terms = terms(1, Duration.ZERO, new HoldLimit(Duration.ofMinutes(10), OnMaxHold.FAIL));
        Pacer.Worker worker = worker(Activity.CHANGE);
        level(2);
        worker.verdict();
        now = now.plus(Duration.ofMinutes(11));
        level(2);

        assertThatThrownBy(worker::verdict)
                .isInstanceOf(HeldTooLong.class)
                .hasMessageContainingAll("the_signal", "660 s", "at 2.0", "pace.max_hold");
    }

    @Test
    void neverFindsAClosedGateTooLong() {
        terms = terms(1, Duration.ZERO, new HoldLimit(Duration.ofMinutes(10), OnMaxHold.FAIL));
        gates.add((at, chunk) -> Optional.of(new Verdict.Hold("window", "opens at 22:00")));
        Pacer.Worker worker = worker(Activity.CHANGE);
        worker.verdict();
        now = now.plus(Duration.ofHours(16));

        assertThat(worker.verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(heard).containsExactly("held");
    }

    private Pacer pacer() {
        Pacer pacer = new Pacer(List.of(signal), gates, () -> terms, () -> now);
        pacer.listen(new PaceListener() {
            @Override
            public void held(Verdict.Hold hold) {
                heard.add("held");
            }

            @Override
            public void heldTooLong(Verdict.Hold hold, Duration held) {
                heard.add("too long after %d s".formatted(held.toSeconds()));
            }

            @Override
            public void resumed(Verdict.Hold hold, Duration held) {
                heard.add("resumed after %d s".formatted(held.toSeconds()));
            }
        });
        return pacer;
    }

    private Pacer.Worker worker(Activity activity) {
        return pacer().worker(activity);
    }

    private void work(Pacer.Worker worker, Duration took) {
        assertThat(isNow(worker.verdict())).isTrue();
        now = now.plus(took);
        worker.done(new ChunkDone(now, took, 100, 100));
    }

    private void level(double pressure) {
        signal.reading = new Reading.Level(now, pressure, "at " + pressure);
    }

    private static PaceTerms terms(double share, Duration pause, HoldLimit holds) {
        return new PaceTerms(Duration.ofMillis(250), pause, share, holds);
    }

    private static boolean isNow(Verdict verdict) {
        return verdict instanceof Verdict.Proceed proceed && proceed.now();
    }

    private static double seconds(Verdict verdict) {
        return ((Verdict.Proceed) verdict).pause().toNanos() / 1e9;
    }
}
