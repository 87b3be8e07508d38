package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.Progress;
import dev.neap.run.RunState;
import dev.neap.run.Watcher;
import dev.neap.step.Phase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that move while a convergent backfill, or its verification, still has to reach them. */
class MovesIT {

    /** What a client does once the run has got so far. */
    private record Move(Phase phase, boolean firstChunkDone, String sql) {}

    private static void run(TestDatabase db, String operation, Move... moves) {
        Deque<Move> left = new ArrayDeque<>(List.of(moves));
        try (InProcess neap = InProcess.on(db)) {
            Watcher client = new Watcher() {
                @Override
                public void progress(Progress progress) {
                    Move next = left.peek();
                    if (next != null
                            && progress.phase() == next.phase()
                            && (progress.visited() > 0) == next.firstChunkDone()) {
                        left.remove();
                        db.execute(next.sql());
                    }
                }

                @Override
                public void event(String line) {}
            };
            assertThat(neap.runs()
                    .run(
                            InProcess.change(
                                    "change: moves\ntable: public.t\n"
                                            + (operation.startsWith("delete")
                                                    ? "irreversible: {backup: none, retention: none, approval: a test}\n"
                                                    : "")
                                            + "operations:\n  - " + operation),
                            client)
                    .state())
                    .isEqualTo(RunState.COMPLETED);
        }
        assertThat(left).isEmpty();
        assertThat(db.one(Long.class, "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void findsARowThatFleesFromBackfillAndVerificationByItsKey(TestServer server) {
        for (String parts : List.of("", "PARTITION BY RANGE (id)")) {
            try (TestDatabase db = TestDatabase.on(server)) {
                db.execute("CREATE TABLE t (id int PRIMARY KEY, status text) " + parts);
                if (!parts.isEmpty()) {
                    db.execute("CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (30000)");
                    db.execute("CREATE TABLE t2 PARTITION OF t DEFAULT");
                }
                db.execute("INSERT INTO t SELECT n * 10 FROM generate_series(1, 5000) n");
                run(
                        db,
                        "backfill: {set: {status: \"'active'\"}, where: status IS NULL}",
                        new Move(Phase.BACKFILL, true, "UPDATE t SET id = 5 WHERE id = 50000"),
                        new Move(Phase.VERIFY, false, "UPDATE t SET id = 50000 WHERE id = 5"),
                        new Move(Phase.VERIFY, true, "UPDATE t SET id = 5 WHERE id = 50000"));
                assertThat(db.one(String.class, "SELECT status FROM t WHERE id = 5")).isEqualTo("active");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsARowThatMovesBeyondTheEndButLeavesWhatAClientWrites(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, a int, d int, n int)");
            db.execute("INSERT INTO t SELECT i, i, 1 FROM generate_series(1, 5000) i");
            db.execute("UPDATE t SET d = 0 WHERE id = 4000");
            run(
                    db,
                    "backfill: {set: {n: a / d}, where: n IS NULL}",
                    // Pending; one that does not fit; a new one; done, and made pending again by its writer.
                    new Move(Phase.BACKFILL, false, "UPDATE t SET id = id + 100000 WHERE id IN (4000, 4001)"),
                    new Move(Phase.BACKFILL, true, """
                            INSERT INTO t VALUES (200000, 1, 1);
                            UPDATE t SET id = 200001 WHERE id = 200000;
                            UPDATE t SET id = 200002, n = NULL WHERE id = 1"""));
            assertThat(db.one(Integer.class, "SELECT n FROM t WHERE id = 104001")).isEqualTo(4001);
            assertThat(db.rows("SELECT id FROM t WHERE n IS NULL ORDER BY id"))
                    .extracting(row -> row.get("id"))
                    .containsExactly(104000, 200002);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsARowThatFleesByAnyUpdateWhereRowsAreVisitedByBlock(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (note text, status text)");
            db.execute("INSERT INTO t SELECT 'n' || n FROM generate_series(1, 30000) n");
            run(
                    db,
                    "backfill: {set: {status: \"'active'\"}, where: status IS NULL}",
                    // Beyond the end, and then into the room that the backfill has left near the beginning.
                    new Move(Phase.BACKFILL, false, "UPDATE t SET note = 'x' WHERE note > 'n29'"),
                    new Move(Phase.VERIFY, false, "VACUUM t"),
                    new Move(Phase.VERIFY, true, "UPDATE t SET note = 'y' WHERE note = 'x'"));
            assertThat(db.one(Long.class, "SELECT count(*) FROM t WHERE status IS NULL")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsARowThatMovesWhereTheBackfillReadsAGeneratedColumn(TestServer server) {
        for (String key : List.of("PRIMARY KEY", "")) {
            try (TestDatabase db = TestDatabase.on(server)) {
                db.execute("CREATE TABLE t (id int " + key
                        + ", g int GENERATED ALWAYS AS (id % 7) STORED, n int CHECK (n <> 3))");
                db.execute("INSERT INTO t SELECT i * 7 FROM generate_series(1, 30000) i");
                run(
                        db,
                        "backfill: {set: {n: g + 1}, where: n IS NULL}",
                        // The second fits no more.
                        new Move(
                                Phase.BACKFILL, false, """
                                        UPDATE t SET id = 700001 WHERE id = 210000;
                                        UPDATE t SET id = 700002 WHERE id = 209993;
                                        DELETE FROM t WHERE id = 700002"""));
                assertThat(db.one(Integer.class, "SELECT n FROM t WHERE id = 700001")).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsARowThatFleesByItsKeyFromWhateverIsDoneWithRows(TestServer server) {
        String end = "backfill: {chunk_duration: 20ms}";
        for (String parts : List.of("", "PARTITION BY RANGE (id)")) {
            for (String operation : List.of(
                    "delete: {where: status IS NULL}",
                    "archive: {to: public.other, where: status IS NULL}",
                    "copy: {to: public.other, on_conflict: nothing}",
                    "copy: {to: public.other, on_conflict: update}",
                    "transform: {class: dev.neap.scenario.Naming, reads: [id], writes: [status], where: status IS NULL}",
                    "transform: {class: dev.neap.scenario.Naming, reads: [id], writes: [status]}")) {
                try (TestDatabase db = TestDatabase.on(server)) {
                    db.execute("CREATE TABLE t (id int PRIMARY KEY, status text) " + parts);
                    if (!parts.isEmpty()) {
                        db.execute("CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (30000)");
                        db.execute("CREATE TABLE t2 PARTITION OF t DEFAULT");
                    }
                    db.execute("CREATE TABLE other (id int PRIMARY KEY, status text)");
                    db.execute("INSERT INTO t SELECT n * 10, CASE WHEN n % 8 > 0 THEN 'kept' END"
                            + " FROM generate_series(1, 8000) n");
                    run(
                            db,
                            operation + "\n" + end,
                            new Move(Phase.BACKFILL, false, "UPDATE t SET id = id + 100000 WHERE id IN (64000, 64080)"),
                            new Move(Phase.BACKFILL, true, "UPDATE t SET id = 5 WHERE id = 164000"),
                            new Move(Phase.VERIFY, false, "UPDATE t SET id = 80001 WHERE id = 5"),
                            new Move(Phase.VERIFY, true, "UPDATE t SET id = 5 WHERE id = 80001"));
                    assertThat(db.list(Integer.class, "SELECT id FROM t WHERE id IN (5, 164080) AND status IS NULL"
                            + " AND NOT EXISTS (SELECT FROM other WHERE other.id = t.id)"))
                            .as(operation)
                            .isEmpty();
                    assertThat(Residue.in(db)).isEmpty();
                }
            }
        }
    }

    /** Moves two rows beyond the end once the table is laid out, and does the rest after the verification. */
    private static Watcher mover(TestDatabase db, Runnable afterVerification) {
        AtomicBoolean moved = new AtomicBoolean();
        return new Watcher() {
            @Override
            public void progress(Progress progress) {
                if (progress.phase() == Phase.BACKFILL && moved.compareAndSet(false, true)) {
                    db.execute("UPDATE t SET id = 10001 WHERE id = 5001");
                    db.execute("UPDATE t SET id = 10002 WHERE id = 5002");
                }
            }

            @Override
            public void event(String line) {
                if (line.startsWith("verified")) {
                    afterVerification.run();
                }
            }
        };
    }

    private static TestDatabase tenOfManyToDelete() {
        return TestDatabase.on(TestServer.NEWEST)
                .execute(
                        "CREATE TABLE t (id int PRIMARY KEY, status text)",
                        "INSERT INTO t SELECT n, CASE WHEN n <= 5000 THEN 'kept' END FROM generate_series(1, 5010) n");
    }

    private static final String DELETE = """
            change: moves
            table: public.t
            irreversible: {backup: none, retention: none, approval: a test}
            operations:
              - delete: {where: status IS NULL}""";

    /** Its second note has a number that is lower than that of a note which is committed before it. */
    @Test
    void findsARowThatMovesOnceMoreWhileItIsLookedUp() throws Exception {
        AtomicReference<OtherSession> other = new AtomicReference<>();
        try (TestDatabase db = tenOfManyToDelete();
                InProcess neap = InProcess.on(db, Map.of("neap.chunk.lock-timeout", "10s"))) {
            Watcher watcher = mover(db, () -> {
                other.set(OtherSession.open(db, "once more", "UPDATE t SET id = 20001 WHERE id = 10001"));
                db.execute("UPDATE t SET id = 20002 WHERE id = 10002");
            });
            CompletableFuture<Outcome> run = Background
                    .begin(() -> neap.runs().run(InProcess.change(DELETE), watcher));
            Await.until("the look-up waits for the row", () -> db.one(
                    Boolean.class,
                    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND application_name = 'neap' AND wait_event_type = 'Lock' AND query ~ 'neap_moved')"));
            other.get().commit();
            other.get().close();
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.list(Integer.class, "SELECT id FROM t WHERE status IS NULL")).isEmpty();
            assertThat(db.one(Long.class, "SELECT count(*) FROM t")).isEqualTo(5000);
        }
    }

    @Test
    void saysWhoKeepsTheLastMovedRowsFromBeingLookedUp() throws Exception {
        List<String> waits = new CopyOnWriteArrayList<>();
        try (TestDatabase db = tenOfManyToDelete();
                InProcess neap = InProcess.on(db);
                OtherSession loader = OtherSession.open(db, "loader", "SELECT pg_current_xact_id()")) {
            Watcher mover = mover(db, () -> {});
            CompletableFuture<Outcome> run = Background.begin(() -> neap.runs()
                    .run(InProcess.change(DELETE), new Watcher() {
                        @Override
                        public void progress(Progress progress) {
                            progress.waiting().ifPresent(waits::add);
                            mover.progress(progress);
                        }

                        @Override
                        public void event(String line) {}
                    }));
            Await.until("it says who", () -> waits.stream()
                    .anyMatch(why -> why
                            .startsWith("rows that moved are looked up in the order of transactions, and session ")
                            && why.contains("(loader)")));
            loader.commit();
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.one(Long.class, "SELECT count(*) FROM t")).isEqualTo(5000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsARowThatFleesByAnyUpdateFromADeleteByBlock(TestServer server) {
        for (String key : List.of("", "PRIMARY KEY")) {
            try (TestDatabase db = TestDatabase.on(server)) {
                db.execute("CREATE TABLE t (id int " + key + ", note text, status text)");
                db.execute(
                        "INSERT INTO t SELECT n, 'n', CASE WHEN n <= 29901 THEN 'kept' END FROM generate_series(1, 30000) n");
                db.execute("DELETE FROM t WHERE id <= 6000");
                run(
                        db,
                        "delete: {where: status IS NULL}\nbackfill: {order: block}",
                        // To pages of their own beyond the end, and then all of them into those freed at the beginning.
                        new Move(Phase.BACKFILL, false, "UPDATE t SET note = repeat('x', 1500) WHERE status IS NULL"),
                        new Move(Phase.VERIFY, false, "VACUUM t"),
                        new Move(Phase.VERIFY, true, "UPDATE t SET note = repeat('z', 1500) WHERE status IS NULL"));
                assertThat(db.one(Long.class, "SELECT count(*) FROM t WHERE status IS NULL")).isZero();
                assertThat(db.one(Long.class, "SELECT count(*) FROM t")).isEqualTo(23_901);
            }
        }
    }
}
