package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neap.step.Phase;
import dev.neap.window.Hours;
import dev.neap.window.WeekTime;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {

    private Instant now = Instant.EPOCH;
    private Progress last;
    private final ProgressBoard board = new ProgressBoard(
            new Watcher() {
                @Override
                public void progress(Progress progress) {
                    last = progress;
                }

                @Override
                public void event(String line) {}
            },
            () -> now);

    @Test
    void takesTheFirstChunksRateAsItIs() {
        chunk(begin(), Duration.ofSeconds(2), 1_000);

        assertThat(last.rowsPerSecond()).isEqualTo(500);
        assertThat(last.visited()).isEqualTo(1_000);
        assertThat(last.changed()).isEqualTo(500);
    }

    @Test
    void showsAHoldAndDoesNotTakeItForSlowWork() {
        ProgressBoard.Part part = begin();
        chunk(part, Duration.ofSeconds(1), 1_000);
        part.waiting("a_source", "a reason");
        now = now.plusSeconds(59);
        part.waiting("a_source", "a reason");
        assertThat(last.waiting()).contains("a reason");
        assertThat(last.source()).contains("a_source");
        assertThat(last.held()).isEqualTo(Duration.ofSeconds(59));
        chunk(part, Duration.ofSeconds(1), 1_000);

        assertThat(last.rowsPerSecond()).isCloseTo(1_000, within(1e-3));
        assertThat(last.waiting()).isEmpty();
        assertThat(last.source()).isEmpty();
        assertThat(last.held()).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void tellsTheNightsToComeAndTakesClosedHoursForNoHold() {
        board.within(Optional.of(new Window(
                List.of(new Hours(
                        WeekTime.of("22:00").orElseThrow(),
                        WeekTime.of("06:00").orElseThrow(),
                        Hours.EVERY_DAY,
                        ZoneOffset.UTC)),
                List.of())));
        now = Instant.parse("2026-11-24T05:59:00Z");
        ProgressBoard.Part part = begin();
        board.expect(3_660_000);
        for (int i = 0; i < 30; i++) {
            chunk(part, Duration.ofSeconds(2), 2_000);
        }
        part.waiting("a_source", "the window is closed");
        assertThat(last.outlook().orElseThrow().words('-')).startsWith("in 1 night, done Tue 2");

        now = Instant.parse("2026-11-24T22:00:00Z");
        Remaining before = last.remaining().orElseThrow();
        chunk(part, Duration.ofSeconds(2), 2_000);
        assertThat(last.held()).isGreaterThan(Duration.ofHours(15));
        assertThat(last.remaining().orElseThrow().high()).isLessThan(before.high());
        assertThat(last.outlook()).as("it is done in the night at hand").isEmpty();
    }

    @Test
    void countsTheRestBetweenChunks() {
        ProgressBoard.Part part = begin();
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(1);
            chunk(part, Duration.ofSeconds(1), 1_000);
        }
        assertThat(last.rowsPerSecond()).isEqualTo(500);
    }

    @Test
    void doesNotCountWhatWasDoneBeforeThisProcessBeganAsItsSpeed() {
        board.begin(Phase.BACKFILL, 2, 5, "fill x");
        board.expect(1_000_000);
        ProgressBoard.Part part = board.part(new Stretch(900_000, 800_000, OptionalDouble.of(0.9)));
        chunk(part, Duration.ofSeconds(1), 1_000);

        assertThat(last.rowsPerSecond()).isEqualTo(1_000);
        assertThat(last.visited()).isEqualTo(901_000);
        assertThat(last.total()).isCloseTo(1_000_000, within(1_000L));
    }

    @Test
    void neverShowsMoreRowsThanThereAre() {
        ProgressBoard.Part part = begin();
        chunk(part, Duration.ofSeconds(1), 20_000);

        assertThat(last.total()).isEqualTo(20_000);
        assertThat(last.remaining()).isEmpty();
    }

    @Test
    void addsUpWhatPartsDoAtOnce() throws InterruptedException {
        board.begin(Phase.BACKFILL, 2, 5, "fill x");
        board.expect(4_000);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int worker = 0; worker < 4; worker++) {
                ProgressBoard.Part part = board.part(Stretch.NONE);
                threads.execute(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        part.chunk(new Stretch(1, 1, OptionalDouble.of(1.0 / 4_000)), Duration.ZERO);
                    }
                    part.close();
                });
            }
        }
        assertThat(last.visited()).isEqualTo(4_000);
        assertThat(last.changed()).isEqualTo(4_000);
        assertThat(last.total()).isEqualTo(4_000);
    }

    @Test
    void goesAtTheSpeedOfAllPartsTogether() {
        board.begin(Phase.BACKFILL, 2, 5, "fill x");
        ProgressBoard.Part one = board.part(Stretch.NONE);
        ProgressBoard.Part other = board.part(Stretch.NONE);
        for (int i = 0; i < 20; i++) {
            now = now.plusMillis(500);
            one.chunk(rows(1_000), Duration.ofSeconds(1));
            now = now.plusMillis(500);
            other.chunk(rows(1_000), Duration.ofSeconds(1));
        }
        assertThat(last.rowsPerSecond()).isCloseTo(2_000, within(1e-3));
    }

    @Test
    void waitsOnlyWhenEveryOpenPartDoes() {
        board.begin(Phase.BACKFILL, 2, 5, "fill x");
        ProgressBoard.Part one = board.part(Stretch.NONE);
        ProgressBoard.Part other = board.part(Stretch.NONE);
        one.waiting("a_source", "a locked row");
        assertThat(last.waiting()).isEmpty();
        other.close();
        assertThat(last.waiting()).contains("a locked row");
    }

    @Test
    void beginsAnotherPassFromNothingButKeepsWhatWasChanged() {
        board.begin(Phase.VERIFY, 3, 5, "verify x");
        board.expect(10_000);
        ProgressBoard.Part part = board.part(new Stretch(10_000, 7, OptionalDouble.of(1)));
        part.again();
        assertThat(last.visited()).isZero();
        assertThat(last.changed()).isEqualTo(7);
        assertThat(last.total()).isEqualTo(10_000);
    }

    @Test
    void survivesAClockThatIsSetBack() {
        ProgressBoard.Part part = begin();
        now = now.minusSeconds(60);
        chunk(part, Duration.ofSeconds(1), 100);
        assertThat(last.rowsPerSecond()).isPositive().isFinite();
        assertThat(last.held()).isZero();
    }

    @Test
    void showsNoRowsWhereAStepHasNone() {
        board.begin(Phase.EXPAND, 1, 5, "add x");
        board.waiting("a_source", "a lock");
        assertThat(last.total()).isZero();
        assertThat(last.waiting()).contains("a lock");
    }

    private ProgressBoard.Part begin() {
        board.begin(Phase.BACKFILL, 2, 5, "fill x");
        board.expect(10_000);
        return board.part(new Stretch(0, 0, OptionalDouble.empty()));
    }

    private void chunk(ProgressBoard.Part part, Duration took, long visited) {
        now = now.plus(took);
        part.chunk(new Stretch(visited, visited / 2, OptionalDouble.of(visited / 1_000_000.0)), took);
    }

    private static Stretch rows(long visited) {
        return new Stretch(visited, 0, OptionalDouble.empty());
    }
}
