package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.Await;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chunks go along the index of their key, whatever PostgreSQL's planner takes their ranges for. */
class IndexWalkIT {

    private static final int ROWS = 20_000;
    /** To look at the table, to verify it and to look whether all is right, with each of two workers; and a few to spare. */
    private static final int LOOKS = 12;

    /** Of a comparison of rows the planner estimates the first column only: here each range looks like half of the table. */
    @ParameterizedTest
    @EnumSource(TestServer.class)
    void alsoWhereARangeLooksLikeHalfOfTheTable(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute(
                    // As on a table too large for the cache, which would take long to make.
                    "ALTER DATABASE " + db.name() + " SET random_page_cost = 100",
                    "CREATE TABLE t (tenant text, code text, n int NOT NULL, filler text, PRIMARY KEY (tenant, code))"
                            + " WITH (autovacuum_enabled = false)",
                    "INSERT INTO t SELECT 't' || i / 10000, 'c' || lpad(i::text, 9, '0'), 0,"
                            + " repeat('x', 400) FROM generate_series(1, %d) i"
                                    .formatted(ROWS),
                    "ANALYZE t");
            try (InProcess neap = InProcess.on(db, Map.of("neap.chunk.duration", "10ms"))) {
                assertThat(neap.runs().run(InProcess.change("""
                        change: count-once
                        table: public.t
                        operations: [{backfill: {set: {n: n + 1}}}]
                        backfill: {workers: 2, strands: 4}
                        """), neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
            }
            assertThat(db.one(Long.class, "SELECT count(*) FROM t WHERE n = 1")).isEqualTo(ROWS);
            Await.until("the server has counted all of it", () -> counted(db, "n_tup_upd") >= ROWS);
            assertThat(counted(db, "seq_scan")).as("scans of the whole table").isLessThan(LOOKS);
        }
    }

    private static long counted(TestDatabase db, String what) {
        return db.one(Long.class, "SELECT " + what + " FROM pg_stat_user_tables WHERE relname = 't'");
    }
}
