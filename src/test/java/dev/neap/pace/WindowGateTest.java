package dev.neap.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.window.Blackout;
import dev.neap.window.Hours;
import dev.neap.window.WeekTime;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** 2026-11-23 is a Monday. */
class WindowGateTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration CHUNK = Duration.ofMillis(250);

    private final Hours nights = new Hours(time("22:00"), time("06:00"), Hours.EVERY_DAY, BERLIN);
    private final WindowGate gate = new WindowGate(new Window(List.of(nights), List.of()));

    @Test
    void saysUntilWhenItIsClosed() {
        assertThat(gate.closed(at("2026-11-23T09:00"), CHUNK))
                .contains(hold("the window is closed until Mon 22:00 Europe/Berlin (in 13 h)"));
        assertThat(gate.closed(at("2026-11-23T21:59:20"), CHUNK))
                .contains(hold("the window is closed until Mon 22:00 Europe/Berlin (in 40 s)"));
    }

    @Test
    void letsWorkInWhileItIsOpen() {
        assertThat(gate.closed(at("2026-11-23T22:00"), CHUNK)).isEmpty();
        assertThat(gate.closed(at("2026-11-24T05:59"), CHUNK)).isEmpty();
    }

    @Test
    void letsNoChunkBeginThatMayNotEndBeforeItCloses() {
        assertThat(gate.closed(at("2026-11-24T05:59:58.750"), CHUNK)).isEmpty();
        assertThat(gate.closed(at("2026-11-24T05:59:58.751"), CHUNK))
                .contains(hold("the window closes in 2 s, too soon for what takes 1 s; it opens again Tue 22:00"
                        + " Europe/Berlin (in 16 h)"));
        assertThat(gate.closed(at("2026-11-24T05:59:40"), Duration.ofSeconds(10))).isEmpty();
        assertThat(gate.closed(at("2026-11-24T05:59:41"), Duration.ofSeconds(10))).isPresent();
    }

    @Test
    void letsALongStepBeginWhereItFits() {
        Duration step = Duration.ofHours(3);
        assertThat(gate.closed(at("2026-11-24T02:59"), step)).isEmpty();
        assertThat(gate.closed(at("2026-11-24T03:00"), step).orElseThrow().reason())
                .startsWith("the window closes in 3 h, too soon for what takes 3 h; it opens again");
    }

    @Test
    void letsAStepThatNeverFitsBeginInTheFirstHalf() {
        Duration step = Duration.ofHours(30);
        assertThat(gate.closed(at("2026-11-24T01:59"), step)).isEmpty();
        assertThat(gate.closed(at("2026-11-24T02:00"), step)).isPresent();
        assertThat(gate.closed(at("2026-11-24T12:00"), step)).isPresent();
    }

    @Test
    void saysThatItDoesNotOpenAgain() {
        WindowGate never = new WindowGate(
                new Window(List.of(nights), List.of(Blackout.of("2026-01-01/2099-12-31", BERLIN).orElseThrow())));
        assertThat(never.closed(at("2026-11-23T23:00"), CHUNK))
                .contains(hold("the window is closed, and does not open in the next three years"));
    }

    @Test
    void isAskedByThePacerBeforeAnySignal() {
        PaceTerms terms = new PaceTerms(
                CHUNK, Duration.ZERO, 1, new HoldLimit(Duration.ofHours(1), HoldLimit.OnMaxHold.FAIL));
        AtomicReference<Instant> now = new AtomicReference<>(at("2026-11-23T09:00"));
        Pacer pacer = new Pacer(List.of(), List.of(gate), () -> terms, now::get);
        try (Pacer.Worker worker = pacer.worker(Activity.CHANGE)) {
            assertThat(worker.verdict())
                    .isEqualTo(hold("the window is closed until Mon 22:00 Europe/Berlin (in 13 h)"));
            now.set(at("2026-11-23T21:00"));
            assertThat(worker.verdict()).as("never held for too long").isInstanceOf(Verdict.Hold.class);
            now.set(at("2026-11-23T22:00"));
            assertThat(worker.verdict()).isInstanceOf(Verdict.Proceed.class);
        }
    }

    private static Verdict.Hold hold(String reason) {
        return new Verdict.Hold("window", reason);
    }

    private static WeekTime time(String text) {
        return WeekTime.of(text).orElseThrow();
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
