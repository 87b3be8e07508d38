package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Between chunks nothing is held open: no transaction, no lock on the table. */
class PauseIT {

    @Test
    void holdsNeitherTransactionNorLockWhileItPauses() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)) {
            db.execute(
                    "CREATE TABLE counters (id bigint PRIMARY KEY, n int)",
                    "INSERT INTO counters SELECT i FROM generate_series(1, 6000) i",
                    "ANALYZE counters");
            List<Long> open = new ArrayList<>();
            try (InProcess neap = InProcess.on(db)) {
                CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(() -> neap.runs()
                        .run(
                                InProcess.change("""
                                        change: slow-and-steady
                                        table: public.counters
                                        operations:
                                          - backfill: {set: {n: "1"}, where: n IS NULL}
                                        backfill: {chunk_duration: 10ms, pause: 700ms, strands: 1}
                                        """),
                                neap.watcher()));
                while (!run.isDone()) {
                    // A chunk takes some milliseconds; whatever is older than that would be held through a pause.
                    open.add(db.one(
                            Long.class,
                            """
                                    SELECT count(*) FROM pg_stat_activity
                                     WHERE application_name = 'neap' AND datname = current_database()
                                       AND xact_start < clock_timestamp() - interval '400 ms'"""));
                }
                assertThat(run.join().state()).isEqualTo(RunState.COMPLETED);
            }
            assertThat(open).hasSizeGreaterThan(10).containsOnly(0L);
        }
    }
}
