package dev.neap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.control.PaceValue;
import dev.neap.control.Published;
import dev.neap.control.Setting;
import dev.neap.run.ControlState;
import dev.neap.run.RunLog;
import dev.neap.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code neap watch} shows. */
class WatchTextTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:42Z");
    private static final List<Published.SignalReading> READINGS = List.of(
            reading("slots", Optional.of(0.1), "slot s1 retains 1.6 GB (limit 16 GB)"),
            reading("replication_lag", Optional.of(0.8), "standby s1 is 1.6 s behind (limit 2 s)"),
            reading("http.page", Optional.empty(), "can't be read: connection refused"),
            reading("active_sessions", Optional.of(0.3), "6 sessions are active (limit 20)"),
            reading("dead_rows", Optional.of(0.2), "2 % of the rows are dead (limit 10 %)"));

    @Test
    void showsHowFarItIsWhatWasAskedAndTheSignalsThatMatterMost() {
        assertThat(screen(status(true, NOW.minusSeconds(1)), 120))
                .containsExactly(
                        "normalize-email: running, pausing, run 3 on public.users",
                        "backfill  step 3/7  #########...........   45 %  450,000 of 1,000,000 rows  10,000 rows/s  50-60 s left",
                        "  fill email_normalized (42 s)",
                        "  by       anna@host (4711), last sign of life 1.0 s ago, 1 worker",
                        "  asked    pausing by anna@laptop (1), 2026-01-01 00:00:40 UTC",
                        "  tuned    workers 3, until 2026-01-01 02:00:00 UTC, by anna@laptop (1)",
                        "  signal   http.page can't be read: connection refused",
                        "  signal   replication_lag at 80 % of its limit: standby s1 is 1.6 s behind (limit 2 s)",
                        "  signal   active_sessions at 30 % of its limit: 6 sessions are active (limit 20)",
                        "  signal   dead_rows at 20 % of its limit: 2 % of the rows are dead (limit 10 %)",
                        "  00:00:30 vacuumed, on the way (12 ms)");
    }

    @Test
    void saysHowOldItIsWhereItsProcessIsSilent() {
        assertThat(screen(status(true, NOW.minusSeconds(6)), 120)).contains("  this is how it was 6.0 s ago");
        assertThat(screen(status(true, NOW.minusSeconds(5)), 120))
                .noneMatch(line -> line.startsWith("  this is how it was"));
    }

    @Test
    void saysWhatToTypeWhereNobodyWorks() {
        assertThat(screen(status(false, NOW.minusSeconds(1)), 120))
                .contains("  why      a step failed", "  next     neap restart normalize-email");
    }

    @Test
    void putsAllOfItIntoOneLineOfALog() {
        assertThat(WatchText.line(status(true, NOW.minusSeconds(1))))
                .isEqualTo(
                        "normalize-email: running, pausing, backfill step 3/7, fill email_normalized, 45 %, 450,000 of 1,000,000"
                                + " rows, 10,000 rows/s, 50-60 s left");
    }

    private static List<String> screen(RunStatus status, int width) {
        return WatchText.screen(status, NOW, width, ProgressText.ASCII);
    }

    private static Published.SignalReading reading(String signal, Optional<Double> pressure, String what) {
        return new Published.SignalReading(signal, pressure, what, NOW);
    }

    private static RunStatus status(boolean alive, Instant told) {
        Published published = new Published(
                ProgressTextTest.progress(450_000, 1_000_000, Optional.empty()),
                Optional.empty(),
                READINGS,
                List.of(new Published.Event(NOW.minusSeconds(12), "vacuumed, on the way (12 ms)")),
                told);
        return new RunStatus(
                "normalize-email",
                3,
                "public.users",
                alive ? RunState.RUNNING : RunState.FAILED,
                false,
                alive ? Optional.empty() : Optional.of("a step\nfailed"),
                alive ? Optional.empty() : Optional.of("neap restart normalize-email"),
                alive
                        ? Optional.of(new RunLog.Holder("anna@host (4711)", true, NOW, NOW.minusSeconds(1)))
                        : Optional.empty(),
                alive
                        ? Optional.of(new RunStatus.Requested(
                                ControlState.PAUSING, Optional.of("anna@laptop (1)"), Optional.of(NOW.minusSeconds(2))))
                        : Optional.empty(),
                alive
                        ? List.of(new Setting(
                                PaceValue.WORKERS, "3", Optional.of(Instant.parse("2026-01-01T02:00:00Z")),
                                "anna@laptop (1)", NOW))
                        : List.of(),
                Optional.of(RunProgress.of(published, alive)),
                List.of(),
                0,
                Optional.empty(),
                "f",
                "1",
                NOW,
                NOW);
    }
}
