package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OwnServer;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes away in the middle of a run, while three workers are at work. */
class OutagesIT {

    private static final int ROWS = 75_000;
    private static final String CHANGE = """
            change: count-once
            table: public.counters
            operations:
              - backfill: {set: {n: next(n)}}
            backfill: {chunk_duration: 50ms, pause: 20ms, workers: 3}
            """;

    @TempDir
    private Path directory = Path.of("");

    private OwnServer server;
    private TestDatabase db;
    private Brake brake;

    @BeforeEach
    void start() {
        server = OwnServer.in(directory, TestServer.NEWEST, Map.of());
        db = TestDatabase.on(server)
                .execute(
                        "CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL)",
                        "INSERT INTO counters SELECT i, 0 FROM generate_series(1, %d) i".formatted(ROWS),
                        "ANALYZE counters");
        brake = Brake.on(db, Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void areAPauseWithAReasonAfterWhichTheRunGoesOnByItself() throws Exception {
        try (InProcess neap = InProcess.on(db)) {
            CompletableFuture<Outcome> work = begin(neap);
            for (int outage = 0; outage < 3; outage++) {
                awaitChunks(6, work);
                int waits = neap.waits().size();
                server.stopImmediate();
                Await.until("it says why it waits", () -> neap.waits()
                        .stream()
                        .skip(waits)
                        .anyMatch(reason -> reason.startsWith("the server is away: ")), work);
                server.start();
            }
            brake.release();
            assertThat(work.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
        }
        everyRowCountsOnce();
        assertThat(db.one(Long.class, "SELECT sum(changed) FROM neap.checkpoint")).isEqualTo(ROWS);
        assertThat(db.list(String.class, "SELECT to_state FROM neap.transition ORDER BY id"))
                .as("an outage is no failure")
                .containsExactly("RUNNING", "COMPLETED");
    }

    @Test
    void endTheRunOnceTheyHaveLastedTooLongAndALaterOneGoesOn() throws Exception {
        try (InProcess neap = InProcess.on(db, Map.of("neap.outage.give-up-after", "300ms", "neap.lease.ttl", "2s"))) {
            CompletableFuture<Outcome> work = begin(neap);
            awaitChunks(2, work);
            server.stopImmediate();

            RunFailed failed = failure(work);
            assertThat(failed.reason()).isEqualTo(RunFailed.Reason.UNREACHABLE);
            assertThat(failed)
                    .hasMessageContaining("The server has been away for")
                    .hasMessageContaining("Bring it back and run the change again; nothing is lost.");
        }
        server.start();
        brake.release();
        try (InProcess neap = InProcess.on(db)) {
            assertThat(neap.runs().restart(new ChangeName("count-once"), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
        }
        everyRowCountsOnce();
    }

    private static CompletableFuture<Outcome> begin(InProcess neap) {
        return Background.begin(() -> neap.runs().run(InProcess.change(CHANGE), neap.watcher()));
    }

    private static RunFailed failure(CompletableFuture<Outcome> work) throws Exception {
        try {
            throw new AssertionError("It ended well: " + work.get(60, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(RunFailed.class);
            return (RunFailed) e.getCause();
        }
    }

    /** Waits until so many more have been committed. */
    private void awaitChunks(int more, CompletableFuture<Outcome> work) {
        Await.until("the run has begun",
                () -> db.one(Boolean.class, "SELECT to_regclass('neap.checkpoint') IS NOT NULL"), work);
        long before = chunks();
        Await.until("it has gone on", () -> chunks() >= before + more, work);
    }

    private long chunks() {
        return db.one(Long.class, "SELECT coalesce(sum(seq), 0) FROM neap.checkpoint");
    }

    private void everyRowCountsOnce() {
        assertThat(db.rows("SELECT n, count(*) FROM counters WHERE n <> 1 GROUP BY n")).isEmpty();
    }
}
