package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.pace.Activity;
import dev.neap.pace.ChunkDone;
import dev.neap.pace.HoldLimit;
import dev.neap.pace.PaceTerms;
import dev.neap.pace.Pacer;
import dev.neap.pace.Reading;
import dev.neap.pace.SignalSource;
import dev.neap.pace.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What commit_time makes of a run, on a simulated disk: it takes the WAL in the order in which it is written, so that a commit
 * waits for all that was written before it. A chunk's own commit does not wait.
 */
class CommitPlantTest {

    private static final double MB = 1e6;
    private static final double TICK = 0.001;

    /** Whoever fills a segment waits for the disk himself. */
    private static final double SEGMENT = 16 * MB;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Double> others = new ArrayList<>();
    private final CommitTimes times = new CommitTimes(() -> 0.010);

    private long ticks;
    private double queued;
    private double worked;

    /** What the disk takes in a second, and how long the least commit takes. */
    private double disk = 100 * MB;
    private double least = 0.001;

    /** What a worker writes in a second of work. */
    private double writes = 50 * MB;

    private boolean isWatched = true;
    private boolean areThere = true;

    /** When the others begin. */
    private double since;

    /** commit_time, as it is read. */
    private final class Source implements SignalSource {
        private Reading latest = new Reading.Level(START, 0, "nobody");
        private double next;

        private void look() {
            if (now() < next) {
                return;
            }
            boolean seen = isWatched && areThere && now() >= since;
            double took = seen ? commit() : 0;
            latest = seen ? times.read(took, instant()) : times.nobody(instant());
            next = now() + 0.1 + took;
        }

        @Override
        public String name() {
            return "commit_time";
        }

        @Override
        public Reading latest() {
            return latest;
        }
    }

    @ParameterizedTest
    @CsvSource({"120, 0.015, 0.35", "200, 0.025, 0.15", "400, 0.050, 0.08", "1000, 0.120, 0.06"})
    void commitsOfOthersStayQuickBesideAChunkThatWritesMoreThanTheDiskTakes(
            int mbASecond,
            double most,
            double least) {
        writes = mbASecond * MB;
        run(60);
        assertThat(p99()).as("p99 of others' commits").isLessThan(most);
        assertThat(worked / 60).as("what the run gets all the same").isGreaterThan(least);
    }

    /** The first commits that are timed wait for a chunk already. */
    @ParameterizedTest
    @CsvSource({"120, 0.015", "200, 0.030", "400, 0.060"})
    void alsoOnceARunIsUnderWay(int mbASecond, double most) {
        writes = mbASecond * MB;
        since = 5;
        run(60);
        assertThat(p99()).as("p99 of others' commits").isLessThan(most);
    }

    @Test
    void withoutItTheyWaitForWholeChunks() {
        isWatched = false;
        writes = 200 * MB;
        run(60);
        assertThat(p99()).isGreaterThan(0.15);
    }

    @Test
    void aDiskThatKeepsUpSlowsNothingDown() {
        run(60);
        assertThat(worked / 60).isGreaterThan(0.98);
    }

    @Test
    void aDiskThatAlwaysTakesLongSlowsNothingDown() {
        least = 0.025;
        run(600);
        assertThat(worked / 600).as("all but the minute in which that is learnt").isGreaterThan(0.9);
    }

    @Test
    void nothingIsSlowedDownForNobody() {
        areThere = false;
        writes = 400 * MB;
        run(60);
        assertThat(worked / 60).isGreaterThan(0.98);
    }

    private void run(double seconds) {
        Source source = new Source();
        PaceTerms terms = new PaceTerms(
                Duration.ofMillis(250), Duration.ZERO, 1,
                new HoldLimit(Duration.ofDays(1), HoldLimit.OnMaxHold.ALERT));
        try (Pacer.Worker worker = new Pacer(List.of(source), List.of(), () -> terms, this::instant)
                .worker(Activity.CHANGE)) {
            double until = 0;
            double chunk = 0;
            for (; now() < seconds; ticks++) {
                source.look();
                if (chunk > 0 && now() >= until) {
                    worker.done(new ChunkDone(instant(), seconds(chunk), 1_000, 1_000));
                    chunk = 0;
                }
                if (chunk == 0 && now() >= until && worker.verdict() instanceof Verdict.Proceed proceed) {
                    chunk = proceed.now() ? proceed.chunk().toNanos() / 1e9 : 0;
                    until = now() + (proceed.now() ? chunk : Math.min(0.2, proceed.pause().toNanos() / 1e9));
                }
                worked += chunk > 0 ? TICK : 0;
                queued = Math.clamp(queued + (chunk > 0 ? writes * TICK : 0) - disk * TICK, 0, SEGMENT);
                if (ticks % 5 == 0) {
                    others.add(commit());
                }
            }
        }
    }

    /** How long one would take now. */
    private double commit() {
        return least + queued / disk;
    }

    private double p99() {
        List<Double> sorted = others.stream().skip(others.size() / 6).sorted().toList();
        return sorted.get(sorted.size() * 99 / 100);
    }

    private double now() {
        return ticks * TICK;
    }

    private Instant instant() {
        return START.plus(seconds(now()));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
