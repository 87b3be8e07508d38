package dev.neap.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void proceedsWithItsPauseWhileAllSignalsLeaveRoom() {
        assertThat(verdict(new Reading.Level(NOW, 0.5, ""))).isInstanceOfSatisfying(Verdict.Proceed.class,
                p -> assertThat(p.now()).isTrue());
    }

    @Test
    void holdsWithTheReasonOfTheSignalThatIsOverItsLimit() {
        assertThat(verdict(new Reading.Level(NOW, 1.5, "s1 is 3 s behind")))
                .isEqualTo(new Verdict.Hold("the_signal", "s1 is 3 s behind"));
    }

    @Test
    void holdsWhenASignalCannotBeRead() {
        assertThat(verdict(new Reading.Unreadable(NOW, "permission denied")))
                .isEqualTo(new Verdict.Hold("the_signal", "the signal can't be read: permission denied"));
    }

    @Test
    void holdsWhenASignalWasLastReadTooLongAgo() {
        assertThat(verdict(new Reading.Level(NOW.minusSeconds(11), 0.5, "")))
                .isEqualTo(new Verdict.Hold("the_signal", "the signal was last read 11 s ago"));
    }

    private static Verdict verdict(Reading reading) {
        SignalSource source = new SignalSource() {
            @Override
            public String name() {
                return "the_signal";
            }

            @Override
            public Reading latest() {
                return reading;
            }
        };
        return new Pacer(List.of(source), List.of(), () -> Plant.terms(), () -> NOW).worker(Activity.CHANGE).verdict();
    }
}
