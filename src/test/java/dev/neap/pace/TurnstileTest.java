package dev.neap.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final Verdict.Hold HOLD = new Verdict.Hold("paused", "paused by anna");

    private final StopFlag stop = new StopFlag();
    private final Turnstile turnstile = new Turnstile(stop);

    @Test
    void isStillOnlyWhenTheLastOneHasLeft() {
        assertThat(turnstile.enter()).isEmpty();
        assertThat(turnstile.enter()).isEmpty();
        turnstile.close(HOLD);

        assertThat(turnstile.isStill()).isFalse();
        turnstile.leave();
        assertThat(turnstile.isStill()).isFalse();
        turnstile.leave();
        assertThat(turnstile.isStill()).isTrue();
    }

    @Test
    void letsNobodyInWhileItIsClosedAndSaysWhy() {
        turnstile.close(HOLD);

        assertThat(turnstile.enter()).contains(HOLD);
        assertThat(turnstile.closed(Instant.EPOCH, Duration.ZERO)).contains(HOLD);
        assertThat(turnstile.isStill()).isTrue();
        turnstile.open();
        assertThat(turnstile.enter()).isEmpty();
        assertThat(turnstile.isStill()).isFalse();
    }

    @Test
    void whoeverWaitsBeforeItComesInWhenItIsOpened() {
        turnstile.close(HOLD);
        List<String> waits = new ArrayList<>();

        turnstile.await(why -> {
            waits.add(why);
            turnstile.open();
        });
        turnstile.close(HOLD);

        assertThat(waits).containsExactly("paused by anna");
        assertThat(turnstile.isStill()).isFalse();
    }

    @Test
    void whoeverWaitsBeforeItCanBeStopped() {
        turnstile.close(HOLD);

        assertThatExceptionOfType(Stopped.class).isThrownBy(() -> turnstile.await(why -> stop.raise()));
        assertThat(turnstile.isStill()).isTrue();
    }
}
