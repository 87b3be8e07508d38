package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Progress;
import dev.neap.run.RunState;
import dev.neap.run.Watcher;
import dev.neap.step.Phase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table that is written anew, in another order, while it is walked in the order of its blocks. */
class RewritesIT {

    private static final int ROWS = 60_000;

    @ParameterizedTest
    @EnumSource
    void leaveNoRowBehindThatTheyMoveToWhereAllWasDone(TestServer server) {
        // Rows that are still to be done come to the front with one index, and back to the end with the other.
        Deque<Rewrite> left = new ArrayDeque<>(List.of(
                new Rewrite(Phase.BACKFILL, "CLUSTER t USING backwards"),
                new Rewrite(Phase.BACKFILL, "VACUUM FULL t"),
                new Rewrite(Phase.VERIFY, "UPDATE t SET status = NULL WHERE id % 7 = 0; CLUSTER t USING t_pkey"),
                new Rewrite(Phase.VERIFY, "CLUSTER t USING backwards")));
        try (TestDatabase db = TestDatabase.on(server); InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, status text)",
                    "CREATE UNIQUE INDEX backwards ON t ((-id))",
                    "INSERT INTO t SELECT i FROM generate_series(1, %d) i".formatted(ROWS),
                    "ANALYZE t");
            Watcher client = new Watcher() {
                @Override
                public void progress(Progress progress) {
                    Rewrite next = left.peek();
                    if (next != null && next.phase() == progress.phase() && oneSegmentIsDone(db, progress.phase())) {
                        left.remove();
                        for (String statement : next.sql().split("; ", -1)) {
                            db.execute(statement);
                        }
                    }
                }

                @Override
                public void event(String line) {}
            };
            assertThat(neap.runs().run(InProcess.change("""
                    change: activate
                    table: public.t
                    operations: [{backfill: {set: {status: "'active'"}, where: status IS NULL}}]
                    backfill: {order: block, chunk_duration: 10ms}
                    """), client).state()).isEqualTo(RunState.COMPLETED);

            assertThat(left).isEmpty();
            assertThat(db.one(Long.class, "SELECT count(*) FROM t WHERE status IS NULL")).isZero();
            assertThat(db.one(Long.class, "SELECT count(*) FROM t")).isEqualTo(ROWS);
            assertThat(db.one(Boolean.class, """
                    SELECT bool_and(finished AND file = pg_relation_filenode('t')) FROM neap.checkpoint
                     WHERE step LIKE '%-verify'"""))
                    .isTrue();
        }
    }

    /** What a client does once one segment is done in the phase, and another one is under way. */
    private record Rewrite(Phase phase, String sql) {}

    private static boolean oneSegmentIsDone(TestDatabase db, Phase phase) {
        String step = phase == Phase.BACKFILL ? "%-backfill" : "%-verify";
        return db.one(
                Boolean.class,
                """
                        SELECT count(*) FILTER (WHERE finished) >= 1
                           AND count(*) FILTER (WHERE NOT finished AND (position IS NOT NULL OR ends IS NOT NULL)) >= 1
                          FROM neap.checkpoint WHERE step LIKE ?""",
                step);
    }
}
