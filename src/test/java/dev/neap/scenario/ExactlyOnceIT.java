package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backfill that may do no row twice, while rows come, go, and change their keys. */
class ExactlyOnceIT {

    static final String COUNTER = """
            change: count-once
            table: public.counters
            operations:
              - backfill: {set: {n: n + 1}}
            backfill: {chunk_duration: 20ms, workers: 3}
            """;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void changesEachRowOnceWhileKeysChange(TestServer server) throws Exception {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL, note text)");
            db.execute("INSERT INTO counters SELECT i, 0 FROM generate_series(2, 120000, 2) i");
            db.execute("ANALYZE counters");
            AtomicReference<KeyWriters> writers = new AtomicReference<>();
            try (InProcess neap = InProcess.on(db, Map.of("neap.ddl.lock-timeout", "500ms"))) {
                // Only once the guard is in do new rows count as new.
                neap.onEvent("follow rows", () -> writers.set(new KeyWriters(db, 3, 120_000)));
                assertThat(neap.runs().run(InProcess.change(COUNTER), neap.watcher()).state())
                        .isEqualTo(RunState.COMPLETED);
            } finally {
                writers.get().close();
            }
            assertThat(writers.get().errors()).isEmpty();
            assertThat(writers.get().statements()).isGreaterThan(100);
            assertThat(db.rows("SELECT n, count(*) FROM counters WHERE n <> 1 GROUP BY n")).isEmpty();
            assertThat(db.one(Long.class, "SELECT count(*) FROM neap.checkpoint")).as("segments").isGreaterThan(1);
            assertThat(db.one(Long.class, "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).isZero();
        }
    }
}
