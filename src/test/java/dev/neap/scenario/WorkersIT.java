package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three workers on the three segments of one table: what befalls one, and what becomes of the others. */
class WorkersIT {

    private static final int ROWS = 75_000;

    private TestDatabase db;
    private InProcess neap;

    @BeforeEach
    void numbers() {
        db = TestDatabase.on(TestServer.NEWEST);
        db.execute(
                "CREATE TABLE numbers (id int PRIMARY KEY, x int NOT NULL, n int NOT NULL DEFAULT 0)",
                "INSERT INTO numbers SELECT i, 1 FROM generate_series(1, %d) i".formatted(ROWS),
                "ANALYZE numbers");
        neap = InProcess.on(db);
    }

    @AfterEach
    void close() {
        neap.close();
        db.close();
    }

    @Test
    void endTheirChunkWhereOneHasFailedAndTheRunGoesOnOnceItsRowIsCorrected() {
        db.execute("UPDATE numbers SET x = 0 WHERE id = 40000");

        RunFailed failed = assertThatExceptionOfType(RunFailed.class).isThrownBy(() -> run("pause: 20ms")).actual();

        assertThat(failed.reason()).isEqualTo(RunFailed.Reason.STEP_FAILED);
        assertThat(failed)
                .hasMessageContaining("The row with key 40000 of table public.numbers can't be changed")
                .hasMessageContaining("division by zero (SQLSTATE 22012)")
                .hasMessageContaining("max_quarantined (now 0)");
        assertThat(db.one(String.class, "SELECT state FROM neap.run")).isEqualTo("FAILED");
        assertThat(db.one(Long.class, "SELECT count(*) FROM neap.lease")).isZero();
        long done = db.one(Long.class, "SELECT sum(changed) FROM neap.checkpoint");
        assertThat(done).isBetween(1L, ROWS - 2L);
        assertThat(db.one(Long.class, "SELECT count(*) FROM numbers WHERE n = 1")).isEqualTo(done);

        db.execute("UPDATE numbers SET x = 5 WHERE id = 40000");
        assertThat(run("").state()).isEqualTo(RunState.COMPLETED);
        everyRowCountsOnce();
    }

    @Test
    void stopTogetherAndGoOnInAnotherNumber() throws Exception {
        CompletableFuture<Outcome> work = begin("pause: 10ms");
        Await.until("all are at work", () -> segments("seq > 2") == 3);
        neap.runs().stop();

        assertThat(work.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.STOPPED);
        assertThat(segments("finished")).isZero();
        assertThat(db.list(String.class, """
                SELECT DISTINCT status FROM neap.batch_step_execution WHERE step_name LIKE '%segment%'"""))
                .containsExactly("STOPPED");
        assertThat(db.one(String.class, "SELECT state FROM neap.run")).isEqualTo("STOPPED");
        assertThat(db.one(Long.class, "SELECT count(*) FROM neap.lease")).isZero();

        try (InProcess next = InProcess.on(db)) {
            assertThat(next.runs().run(change("workers: 2"), next.watcher()).state()).isEqualTo(RunState.COMPLETED);
        }
        everyRowCountsOnce();
    }

    @Test
    void goOnWhileOneWaitsForARowThatSomeoneHasLocked() throws Exception {
        try (OtherSession client = OtherSession.open(db, "client", "SELECT 1 FROM numbers WHERE id = 17 FOR UPDATE")) {
            CompletableFuture<Outcome> work = begin("chunk_duration: 100ms");
            Await.until("the others are done", () -> segments("finished") == 2);
            assertThat(db.one(Boolean.class, "SELECT finished FROM neap.checkpoint WHERE segment = 0")).isFalse();
            client.commit();
            assertThat(work.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
        }
        everyRowCountsOnce();
    }

    @Test
    void setAsideNoMoreRowsTogetherThanMayBe() {
        // Each finds its row at about the same time.
        db.execute("UPDATE numbers SET x = 0 WHERE id % 25000 = 17");

        assertThatExceptionOfType(RunFailed.class)
                .isThrownBy(() -> run("max_quarantined: 2"))
                .withMessageContaining("set aside for good before: ")
                .withMessageContaining("max_quarantined (now 2)");
        assertThat(db.one(Long.class, "SELECT count(*) FROM neap.quarantine")).isLessThanOrEqualTo(2);

        assertThat(run("max_quarantined: 3").state()).isEqualTo(RunState.COMPLETED);
        assertThat(db.list(Integer.class, "SELECT id FROM numbers WHERE n <> 1 ORDER BY id"))
                .containsExactly(17, 25_017, 50_017);
        assertThat(db.list(Integer.class, "SELECT key[1]::int FROM neap.quarantine ORDER BY 1"))
                .containsExactly(17, 25_017, 50_017);
        assertThat(db.one(Integer.class, "SELECT max(n) FROM numbers")).isEqualTo(1);
    }

    private Outcome run(String options) {
        return neap.runs().run(change("workers: 3, " + options), neap.watcher());
    }

    private CompletableFuture<Outcome> begin(String options) {
        return Background.begin(() -> run(options));
    }

    private static dev.neap.change.yaml.ChangeFile change(String options) {
        return InProcess.change("""
                change: count-once
                table: public.numbers
                operations: [{backfill: {set: {n: n + 1 + 0 / x}}}]
                backfill: {%s}
                """.formatted(options.replaceFirst(", $", "")));
    }

    private long segments(String condition) {
        return db.one(Boolean.class, "SELECT to_regclass('neap.checkpoint') IS NOT NULL")
                ? db.one(Long.class, "SELECT count(*) FROM neap.checkpoint WHERE " + condition)
                : 0;
    }

    private void everyRowCountsOnce() {
        assertThat(db.rows("SELECT n, count(*) FROM numbers WHERE n <> 1 GROUP BY n")).isEmpty();
        assertThat(db.one(Long.class, "SELECT sum(changed) FROM neap.checkpoint")).isEqualTo(ROWS);
        assertThat(db.one(Long.class, "SELECT sum(visited) FROM neap.checkpoint")).isEqualTo(ROWS);
        assertThat(segments("finished")).isEqualTo(3);
    }
}
