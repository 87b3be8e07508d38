package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Progress;
import dev.neap.run.RunState;
import dev.neap.run.Watcher;
import dev.neap.step.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A partitioned table, gone over leaf by leaf, while rows move between its leaves and leaves come and go. */
class LeavesIT {

    private static final int ROWS = 50_000;

    static TestDatabase counters(TestServer server, int rows) {
        TestDatabase db = TestDatabase.on(server);
        db.execute("CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL, note text) PARTITION BY RANGE (id)");
        db.execute("CREATE TABLE low PARTITION OF counters FOR VALUES FROM (0) TO (15001) WITH (fillfactor = 80)");
        db.execute(
                "CREATE TABLE middle PARTITION OF counters FOR VALUES FROM (15001) TO (40001) PARTITION BY HASH (id)");
        db.execute("CREATE TABLE middle_0 PARTITION OF middle FOR VALUES WITH (MODULUS 2, REMAINDER 0)");
        db.execute("CREATE TABLE middle_1 PARTITION OF middle FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
        db.execute("CREATE TABLE rest PARTITION OF counters DEFAULT");
        db.execute("CREATE TABLE strands (unit oid, modulus int)");
        db.execute("INSERT INTO counters SELECT i, 0 FROM generate_series(1, %d) i".formatted(rows),
                "ANALYZE counters");
        return db;
    }

    private static void run(TestDatabase db, String operation, String options, Watcher watcher) {
        try (InProcess neap = InProcess.on(db)) {
            assertThat(neap.runs()
                    .run(
                            InProcess.change("""
                                    change: leaves
                                    table: public.counters
                                    operations:
                                      - backfill: %s
                                    backfill: {%s}
                                    """.formatted(operation, options)),
                            watcher)
                    .state())
                    .isEqualTo(RunState.COMPLETED);
        }
        assertThat(db.one(Long.class, "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).isZero();
    }

    private static void runBesideWriters(TestDatabase db, String operation, String options)
            throws InterruptedException {
        List<KeyWriters> writers = new ArrayList<>();
        try {
            // From the guard on: rows that came before it are not new.
            run(
                    db,
                    operation,
                    "workers: 2, chunk_duration: 20ms, " + options,
                    new Steps()
                            .at(Phase.BACKFILL, 1, () -> writers.add(new KeyWriters(db, 2, ROWS)))
                            .at(Phase.BACKFILL, 2_000, () -> noteStrands(db))
                            .at(Phase.BACKFILL, 20_000, () -> noteStrands(db))
                            .at(Phase.BACKFILL, 35_000, () -> noteStrands(db)));
        } finally {
            for (KeyWriters writer : writers) {
                writer.close();
            }
        }
        assertThat(writers.getFirst().errors()).isEmpty();
        assertThat(writers.getFirst().statements()).isGreaterThan(50);
        assertThat(db.rows("SELECT n, count(*) FROM counters WHERE n <> 1 GROUP BY n")).isEmpty();
    }

    private static void noteStrands(TestDatabase db) {
        db.execute("INSERT INTO strands SELECT unit, modulus FROM neap.checkpoint WHERE ends IS NOT NULL");
    }

    @ParameterizedTest
    @EnumSource
    void countsEachRowOnceWhileRowsMoveBetweenWovenLeaves(TestServer server) throws InterruptedException {
        try (TestDatabase db = counters(server, ROWS)) {
            runBesideWriters(db, "{set: {n: n + 1}}", "pause: 2ms");
            // What a leaf is woven by is not the same for all: one has room on its pages.
            assertThat(db.one(Long.class, "SELECT count(DISTINCT unit) FROM strands")).isGreaterThan(1);
            assertThat(
                    db.list(String.class, "SELECT DISTINCT CAST(CAST(unit AS regclass) AS text) FROM neap.checkpoint"))
                    .containsExactlyInAnyOrder("low", "middle_0", "middle_1", "rest");
            assertThat(db.one(Long.class, "SELECT count(*) FROM neap.kept")).isZero();
        }
    }

    @Test
    void countsEachRowOnceInPlainRangesToo() throws InterruptedException {
        try (TestDatabase db = counters(TestServer.NEWEST, ROWS)) {
            runBesideWriters(db, "{set: {n: n + 1}}", "strands: 1, pause: 2ms");
            assertThat(db.one(Long.class, "SELECT count(*) FROM strands")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void missesNoRowThatFleesByKeyOrByBlock(TestServer server) throws InterruptedException {
        for (String order : List.of("auto", "block")) {
            try (TestDatabase db = counters(server, ROWS)) {
                runBesideWriters(db, "{set: {n: \"1\"}, where: n = 0}", "pause: 2ms, order: " + order);
                assertThat(db.list(Boolean.class, "SELECT DISTINCT file IS NULL FROM neap.checkpoint"))
                        .containsExactly(order.equals("auto"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsLeavesThatComeAndGo(TestServer server) {
        for (String order : List.of("auto", "block")) {
            try (TestDatabase db = counters(server, ROWS)) {
                db.execute("CREATE TABLE added (LIKE counters INCLUDING ALL)");
                db.execute("INSERT INTO added SELECT i, 0 FROM generate_series(90001, 91000) i");
                Steps steps = new Steps()
                        .at(Phase.BACKFILL, 1, () -> {
                            db.execute("ALTER TABLE counters DETACH PARTITION low");
                            db.execute("UPDATE low SET n = 7");
                            db.execute("ALTER TABLE middle DETACH PARTITION middle_1", "DROP TABLE middle_1");
                        })
                        .at(Phase.BACKFILL, 14_000, () -> db.execute("ALTER TABLE rest RENAME TO others"))
                        .at(
                                Phase.VERIFY,
                                1,
                                () -> db.execute(
                                        "ALTER TABLE counters ATTACH PARTITION added FOR VALUES FROM (90000) TO (100000)"));
                run(db, "{set: {n: \"1\"}, where: n = 0}", "workers: 1, chunk_duration: 10ms, order: " + order, steps);

                steps.areDone();
                assertThat(db.rows("SELECT id FROM counters WHERE n <> 1 LIMIT 3")).isEmpty();
                assertThat(db.one(Long.class, "SELECT count(*) FROM added WHERE n = 1")).isEqualTo(1000);
                assertThat(db.list(Integer.class, "SELECT DISTINCT n FROM low")).containsExactly(7);
            }
        }
    }

    @Test
    void takesTheRowsOfALeafThatIsAttachedForNewOnesWhereEachRowCountsOnce() {
        try (TestDatabase db = counters(TestServer.NEWEST, ROWS)) {
            db.execute("CREATE TABLE added (LIKE counters INCLUDING ALL)");
            db.execute("INSERT INTO added SELECT i, 5 FROM generate_series(90001, 90010) i");
            Steps steps = new Steps().at(Phase.BACKFILL, 1, () -> {
                db.execute("ALTER TABLE counters ATTACH PARTITION added FOR VALUES FROM (90000) TO (100000)");
                // From it, to it, and on within it.
                db.execute("UPDATE counters SET id = 60001 WHERE id = 90001");
                db.execute("UPDATE counters SET id = 90001 WHERE id = 50000");
                db.execute("UPDATE counters SET id = 90011 WHERE id = 90001");
                db.execute("ALTER TABLE counters DETACH PARTITION low");
            });
            run(db, "{set: {n: n + 1}}", "workers: 1, chunk_duration: 10ms, pause: 5ms", steps);

            steps.areDone();
            assertThat(db.list(Integer.class, "SELECT n FROM counters WHERE id > 50000 ORDER BY id"))
                    .containsExactly(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1);
            assertThat(db.rows("SELECT id FROM counters WHERE n <> 1 AND id < 50000")).isEmpty();
            assertThat(db.one(Integer.class, "SELECT max(n) FROM low")).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void tellsRowsApartThatLieAtTheSamePlaceOfTwoLeaves() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)) {
            db.execute("CREATE TABLE counters (part int, d int, n int) PARTITION BY LIST (part)");
            db.execute("CREATE TABLE one PARTITION OF counters FOR VALUES IN (1)");
            db.execute("CREATE TABLE two PARTITION OF counters FOR VALUES IN (2)");
            db.execute(
                    "INSERT INTO counters SELECT 1 + i % 2, CASE WHEN i IN (1, 2, 200) THEN 0 ELSE 1 END FROM generate_series(1, 4000) i");

            run(db, "{set: {n: 1 / counters.d}, where: n IS NULL}", "max_quarantined: 3", new Steps());

            assertThat(db.one(Long.class, "SELECT count(*) FROM counters WHERE n IS NULL")).isEqualTo(3);
            assertThat(db.one(Long.class, "SELECT count(DISTINCT unit) FROM neap.quarantine")).isEqualTo(2);
        }
    }

    @Test
    void goesThroughTheWholeTableWhereALeafMayNotBeChangedDirectly() {
        try (TestDatabase db = counters(TestServer.NEWEST, ROWS)) {
            db.execute("ALTER TABLE middle_1 ENABLE ROW LEVEL SECURITY",
                    "ALTER TABLE middle_1 FORCE ROW LEVEL SECURITY");
            db.execute("CREATE RULE none AS ON DELETE TO rest DO ALSO NOTHING");
            run(db, "{set: {n: n + 1}}", "workers: 2", new Steps());
            assertThat(db.rows("SELECT id FROM counters WHERE n <> 1")).isEmpty();
            assertThat(db.list(Long.class, "SELECT DISTINCT CAST(unit AS bigint) FROM neap.checkpoint"))
                    .containsExactly(0L);
        }
    }

    @Test
    void isDoneAtOnceWithATableThatHasNoPartitionYet() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)) {
            db.execute("CREATE TABLE counters (id int PRIMARY KEY, n int) PARTITION BY RANGE (id)");
            run(db, "{set: {n: n + 1}}", "workers: 2", new Steps());
        }
    }

    /** What somebody else does once the run has got so far. */
    private static final class Steps implements Watcher {

        private record Step(Phase phase, long visited, Runnable action) {}

        private final Deque<Step> left = new ArrayDeque<>();
        private final List<String> events = new ArrayList<>();

        Steps at(Phase phase, long visited, Runnable action) {
            left.add(new Step(phase, visited, action));
            return this;
        }

        @Override
        public void progress(Progress progress) {
            Step next = left.peek();
            if (next != null && progress.phase() == next.phase() && progress.visited() >= next.visited()) {
                left.remove();
                next.action().run();
            }
        }

        @Override
        public void event(String line) {
            events.add(line);
        }

        void areDone() {
            assertThat(left).as(String.join("\n", events)).isEmpty();
        }
    }
}
