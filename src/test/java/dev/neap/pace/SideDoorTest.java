package dev.neap.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.pace.HoldLimit.OnMaxHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Work beside the chunks comes in when a chunk could, and a pause waits for it. */
class SideDoorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration CHUNK = Duration.ofMillis(250);
    private static final Verdict.Hold PAUSED = new Verdict.Hold("paused", "paused by anna");
    private static final Verdict.Hold NIGHT = new Verdict.Hold("window", "the window is closed");

    private final Turnstile turnstile = new Turnstile(new StopFlag());
    private final List<String> heard = new ArrayList<>();
    private Reading reading = new Reading.Level(NOW, 0.5, "at 0.5");
    private Duration open = Duration.ofDays(1);
    private OnMaxHold onMaxHold = OnMaxHold.ALERT;

    private final SignalSource signal = new SignalSource() {
        @Override
        public String name() {
            return "the_signal";
        }

        @Override
        public Reading latest() {
            return reading;
        }
    };
    private final Gate window = (now, takes) -> takes.compareTo(open) > 0 ? Optional.of(NIGHT) : Optional.empty();
    private final Pacer pacer = new Pacer(
            List.of(signal),
            List.of(turnstile, window),
            () -> new PaceTerms(CHUNK, Duration.ZERO, 1, new HoldLimit(Duration.ofNanos(1), onMaxHold)),
            () -> NOW);
    private final SideDoor door = new SideDoor(turnstile, pacer);

    @Test
    void letsNobodyInDuringAPauseAndAPauseWaitsForWhoIsIn() {
        assertThat(door.enter(CHUNK)).isEmpty();
        turnstile.close(PAUSED);
        assertThat(turnstile.isStill()).isFalse();

        door.leave();
        assertThat(turnstile.isStill()).isTrue();
        assertThat(door.enter(CHUNK)).contains(PAUSED);
        assertThat(turnstile.isStill()).isTrue();
    }

    @Test
    void letsNobodyInWhileASignalHoldsAndLeavesTheTurnstileAsItWas() {
        reading = new Reading.Level(NOW, 1.5, "at 1.5");

        assertThat(door.enter(CHUNK)).contains(new Verdict.Hold("the_signal", "at 1.5"));
        turnstile.close(PAUSED);
        assertThat(turnstile.isStill()).isTrue();
    }

    @Test
    void letsInWhatIsOverBeforeTheWindowCloses() {
        open = Duration.ofSeconds(10);

        assertThat(door.enter(Duration.ofSeconds(11))).contains(NIGHT);
        assertThat(door.enter(Duration.ofSeconds(9))).isEmpty();
    }

    @Test
    void takesNothingForLessThanAChunk() {
        open = Duration.ofMillis(200);

        assertThat(door.enter(Duration.ZERO)).contains(NIGHT);
    }

    @Test
    void tellsNobodyOfAHoldThatOnlyKeepsWorkBesideTheChunks() {
        pacer.listen(listener());
        open = Duration.ZERO;

        assertThat(door.enter(CHUNK)).isPresent();
        assertThat(heard).isEmpty();
    }

    @Test
    void aWorkerWhoseNextChunkIsNotReadyHoldsAndIsHeard() {
        pacer.listen(listener());
        Pacer.Worker worker = pacer.worker(Activity.CHANGE);
        assertThat(worker.hold()).isEmpty();
        reading = new Reading.Level(NOW.plusMillis(1), 1.5, "at 1.5");

        assertThat(worker.hold()).contains(new Verdict.Hold("the_signal", "at 1.5"));
        assertThat(worker.hold()).isPresent();
        assertThat(heard).containsExactly("held at 1.5");
    }

    @Test
    void aWorkerWhoseNextChunkIsNotReadyIsNotHeldForEver() {
        onMaxHold = OnMaxHold.FAIL;
        Instant[] later = {NOW};
        Pacer impatient = new Pacer(
                List.of(signal),
                List.of(),
                () -> new PaceTerms(CHUNK, Duration.ZERO, 1, new HoldLimit(Duration.ofSeconds(1), onMaxHold)),
                () -> later[0]);
        reading = new Reading.Level(NOW, 1.5, "at 1.5");
        Pacer.Worker worker = impatient.worker(Activity.CHANGE);
        assertThat(worker.hold()).isPresent();
        later[0] = NOW.plusSeconds(2);

        assertThatThrownBy(worker::hold).isInstanceOf(HeldTooLong.class);
    }

    private PaceListener listener() {
        return new PaceListener() {
            @Override
            public void held(Verdict.Hold hold) {
                heard.add("held " + hold.reason());
            }
        };
    }
}
