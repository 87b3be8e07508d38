package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two who want to work on the same change. */
class TwoRunsIT {

    private static final int ROWS = 20_000;
    private static final int BUSY = 4;
    private static final Map<String, String> SLOW_HEART = Map.of("neap.lease.ttl", "1h");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void oneWorksAndTheOtherSaysWhoDoesAndEndsWithItsCode() throws IOException {
        try (TestDatabase db = counters();
                // While it is there, whoever came first waits for its lock.
                OtherSession holder = OtherSession.open(db, "holder", "LOCK TABLE counters IN ROW EXCLUSIVE MODE");
                NeapProcess one = run(db);
                NeapProcess two = run(db)) {
            Await.until("one has given up", () -> !one.isAlive() || !two.isAlive());
            NeapProcess late = one.isAlive() ? two : one;
            NeapProcess worker = one.isAlive() ? one : two;

            assertThat(late.await()).as(late.output()).isEqualTo(BUSY);
            assertThat(late.output())
                    .contains("Change count-once is being worked on by")
                    .contains("(process " + worker.pid() + ")")
                    .contains("Wait for it, or stop it first.");
            holder.commit();
            assertThat(worker.await()).as(worker.output()).isZero();
            everyRowCountsOnce(db);
        }
    }

    @Test
    void aFormerHolderCommitsNotOneMoreChunk() throws Exception {
        try (TestDatabase db = counters();
                InProcess former = InProcess.on(db, SLOW_HEART);
                InProcess next = InProcess.on(db, SLOW_HEART)) {
            CompletableFuture<Outcome> first = Background
                    .begin(() -> former.runs().run(InProcess.change(CHANGE), former.watcher()));
            Await.until("it is in the middle", () -> chunks(db) >= 2);
            // As if it had been on a machine that sleeps: no heartbeat, until another process takes over.
            db.execute("UPDATE neap.lease SET heartbeat_at = clock_timestamp() - interval '2 h', host = 'elsewhere'");

            Outcome outcome = next.runs().run(InProcess.change(CHANGE), next.watcher());

            assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RunFailed.class)
                    .cause()
                    .hasMessageContaining("Another process has taken the change over")
                    .extracting("reason")
                    .isEqualTo(RunFailed.Reason.BUSY);
            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            everyRowCountsOnce(db);
            assertThat(db.one(Long.class, "SELECT sum(changed) FROM neap.checkpoint")).isEqualTo(ROWS);
            assertThat(db.one(String.class, "SELECT state FROM neap.run")).isEqualTo("COMPLETED");
        }
    }

    private static final String CHANGE = """
            change: count-once
            table: public.counters
            operations:
              - backfill: {set: {n: n + 1}}
            backfill: {chunk_duration: 10ms, pause: 100ms}
            """;

    private NeapProcess run(TestDatabase db) throws IOException {
        Path file = directory.resolve("count-once.yaml");
        Files.writeString(file, CHANGE.replace("pause: 100ms", "pause: 0ms"));
        return NeapProcess.start(directory, "run", file.toString(), "--url", db.uri(), "--user", db.user());
    }

    private static long chunks(TestDatabase db) {
        return db.one(Boolean.class, "SELECT to_regclass('neap.checkpoint') IS NOT NULL")
                ? db.one(Long.class, "SELECT coalesce(sum(seq), 0) FROM neap.checkpoint")
                : 0;
    }

    private static TestDatabase counters() {
        return TestDatabase.on(TestServer.NEWEST)
                .execute(
                        "CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL, note text)",
                        "INSERT INTO counters SELECT i, 0 FROM generate_series(1, %d) i".formatted(ROWS),
                        "ANALYZE counters");
    }

    @Test
    void goesOnWithTheDefinitionItBeganWithAndNoOther() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)
                .execute("CREATE TABLE t (id int PRIMARY KEY, old int)");
                InProcess neap = InProcess.on(db)) {
            String yaml = """
                    change: edited
                    table: public.t
                    operations: [{add_column: {name: note, type: text}}, {add_column: {name: n, type: int}}]
                    contract: [{drop_column: {name: old}}]
                    irreversible: {backup: none, retention: none, approval: a test}
                    """;
            neap.runs().run(InProcess.change(yaml), neap.watcher());
            assertThatThrownBy(() -> neap.runs().run(InProcess.change(yaml.replace("int}", "bigint}")), neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("was begun from another definition");
            assertThat(db.one(String.class, "SELECT format_type(atttypid, NULL) FROM pg_attribute"
                    + " WHERE attrelid = 't'::regclass AND attname = 'n'")).isEqualTo("integer");
        }
    }

    private static void everyRowCountsOnce(TestDatabase db) {
        assertThat(db.rows("SELECT n, count(*) FROM counters WHERE n <> 1 GROUP BY n")).isEmpty();
    }
}
