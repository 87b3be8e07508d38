package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.window.Hours;
import dev.neap.window.WeekTime;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PastWorkTest {

    private static final Window NIGHTS = new Window(
            List.of(new Hours(
                    WeekTime.of("22:00").orElseThrow(),
                    WeekTime.of("06:00").orElseThrow(),
                    Hours.EVERY_DAY,
                    ZoneOffset.UTC)),
            List.of());

    @Test
    void takesTheSpeedOfTheOpenTimeInWhichItWorked() {
        // 22:00 to 06:00, and an hour from 23:00 on after a day's stop: nine hours for 900 rows.
        List<RunLog.Moved> moves = List.of(
                moved(RunState.RUNNING, "2026-11-23T12:00"),
                moved(RunState.STOPPED, "2026-11-24T12:00"),
                moved(RunState.RUNNING, "2026-11-25T23:00"));
        assertThat(PastWork.left(step -> 1_500, List.of(step(900, false, "2026-11-26T00:00")), moves, NIGHTS))
                .contains(new Remaining(Duration.ofMinutes(270), Duration.ofMinutes(450)));
    }

    @Test
    void countsTheRowsOfStepsThatAreDoneAsSpeedOnly() {
        List<RunLog.StepProgress> steps = List.of(
                step(1_000, true, "2026-11-23T23:00"), step(500, false, "2026-11-23T23:30"));
        assertThat(PastWork.left(step -> 1_000, steps, List.of(moved(RunState.RUNNING, "2026-11-23T22:00")), NIGHTS))
                .contains(new Remaining(Duration.ofSeconds(1_350), Duration.ofSeconds(2_250)));
    }

    @Test
    void saysNothingWhereNothingIsKnown() {
        List<RunLog.Moved> moves = List.of(moved(RunState.RUNNING, "2026-11-23T22:00"));
        assertThat(PastWork.left(step -> 1_000, List.of(), moves, NIGHTS)).isEmpty();
        assertThat(PastWork.left(step -> 1_000, List.of(step(10, true, "2026-11-23T23:00")), moves, NIGHTS)).isEmpty();
        assertThat(PastWork.left(step -> 1_000, List.of(step(2_000, false, "2026-11-23T23:00")), moves, NIGHTS))
                .isEmpty();
        assertThat(PastWork.left(step -> 1_000, List.of(step(1, false, "2026-11-23T22:00:05")), moves, NIGHTS))
                .isEmpty();
    }

    private static RunLog.Moved moved(RunState to, String at) {
        return new RunLog.Moved(Optional.empty(), to, Optional.empty(), "anna@desk (1)", instant(at));
    }

    private static RunLog.StepProgress step(long visited, boolean finished, String at) {
        return new RunLog.StepProgress("02-backfill", 1, 1, visited, visited, finished, instant(at));
    }

    private static Instant instant(String at) {
        return Instant.parse(at + (at.length() > 16 ? "Z" : ":00Z"));
    }
}
