package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.Progress;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import dev.neap.run.Watcher;
import dev.neap.step.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coincidences in which rows could be lost or done twice. */
class TrapsIT {

    private static final String COUNT = """
            change: trap
            table: public.t
            operations:
              - backfill: {set: {n: n + 1}}
            """;

    private static Outcome run(TestDatabase db, String yaml) {
        try (InProcess neap = InProcess.on(db)) {
            return neap.runs().run(InProcess.change(yaml), neap.watcher());
        }
    }

    private static void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void verifiesABackfillBeforeTheNextOneClearsWhatItCopied(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, note text, archived text)");
            db.execute("INSERT INTO t SELECT n, 'n' || n FROM generate_series(1, 3000) n");
            run(db, """
                    change: trap
                    table: public.t
                    operations:
                      - backfill: {set: {archived: note}}
                      - backfill: {set: {note: 'NULL'}}
                    """);
            assertThat(db.one(Long.class, "SELECT count(*) FROM t WHERE archived = 'n' || id AND note IS NULL"))
                    .isEqualTo(3000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void setsTheTimeOfDayOnce(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, touched timestamptz, day date)");
            db.execute("INSERT INTO t SELECT n FROM generate_series(1, 3000) n");
            Outcome outcome = run(db, """
                    change: trap
                    table: public.t
                    operations:
                      - backfill: {set: {touched: now()}}
                      - backfill: {set: {day: CURRENT_DATE}}
                    """);
            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(outcome.passes()).extracting(Outcome.Pass::changed).containsExactly(3000L, 3000L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsARowThatMovedBeyondTheEndOfTheBlocks(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (note text, status text)");
            db.execute("INSERT INTO t SELECT n FROM generate_series(1, 30000) n");
            AtomicBoolean moved = new AtomicBoolean();
            neap.runs().run(InProcess.change("""
                    change: trap
                    table: public.t
                    operations:
                      - backfill: {set: {status: "'active'"}, where: status IS NULL}
                    """), new Watcher() {
                @Override
                public void progress(Progress progress) {
                    if (progress.phase() == Phase.BACKFILL && moved.compareAndSet(false, true)) {
                        db.execute("UPDATE t SET note = 'moved' WHERE note > '29'");
                    }
                }

                @Override
                public void event(String line) {}
            });
            assertThat(moved).isTrue();
            assertThat(db.one(Long.class, "SELECT count(*) FROM t WHERE status IS NULL")).isZero();
        }
    }

    /** Its snapshot does not show the checkpoint, though its statements fire the guard. */
    @ParameterizedTest
    @EnumSource
    void countsRightBesideASnapshotOlderThanTheGuard(TestServer server) throws SQLException {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db);
                Connection old = db.connect();
                Connection mover = db.connect()) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0); CREATE TABLE other (x int)");
            db.execute("INSERT INTO t SELECT n * 10 FROM generate_series(1, 30000) n");
            for (Connection client : new Connection[]{old, mover}) {
                execute(client, "BEGIN ISOLATION LEVEL REPEATABLE READ");
                execute(client, "SELECT count(*) FROM other");
            }
            neap.onEvent("follow rows", () -> {
                execute(old, "INSERT INTO t VALUES (299985)");
                execute(old, "COMMIT");
                assertThatThrownBy(() -> execute(mover, "UPDATE t SET id = 5 WHERE id = 299990"))
                        .hasMessageContaining("could not serialize");
                execute(mover, "ROLLBACK");
            });
            neap.runs().run(InProcess.change(COUNT), neap.watcher());
            assertThat(db.rows("SELECT id, n FROM t WHERE n <> 1"))
                    .containsExactly(Map.of("id", 299985, "n", 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void outlastsAClientWhoseKeyChangeStaysUncommitted(TestServer server) throws SQLException {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db, Map.of("neap.chunk.lock-timeout", "50ms"));
                Connection client = db.connect()) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)");
            db.execute("INSERT INTO t SELECT n FROM generate_series(1, 3000) n");
            AtomicInteger waits = new AtomicInteger();
            neap.runs().run(InProcess.change(COUNT), new Watcher() {
                @Override
                public void progress(Progress progress) {
                    if (progress.waiting().isPresent() && waits.incrementAndGet() == 5) {
                        execute(client, "COMMIT");
                    }
                }

                @Override
                public void event(String line) {
                    if (line.startsWith("follow rows")) {
                        execute(client, "BEGIN");
                        execute(client, "UPDATE t SET id = 9999 WHERE id = 2999");
                    }
                }
            });
            assertThat(waits).hasValueGreaterThanOrEqualTo(5);
            assertThat(db.rows("SELECT id, n FROM t WHERE n <> 1")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void computesTheSameForARoleWithASchemaOfItsOwnName(TestServer server) throws SQLException {
        try (TestDatabase db = TestDatabase.on(server)) {
            String role = db.newRole();
            db.execute("CREATE TABLE t (id int PRIMARY KEY, source text); GRANT ALL ON t TO " + role);
            db.execute("CREATE FUNCTION public.tidy(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1)'");
            db.execute("CREATE SCHEMA AUTHORIZATION " + role);
            db.execute("CREATE FUNCTION %s.tidy(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'"
                    .formatted(role));
            run(db, """
                    change: trap
                    table: public.t
                    operations:
                      - add_column: {name: target, type: text, from: tidy(source)}
                    """);
            try (Connection client = db.dataSource(role).getConnection()) {
                execute(client, "INSERT INTO t VALUES (1, 'a')");
                execute(client, "UPDATE t SET source = 'b'");
            }
            assertThat(db.one(String.class, "SELECT target FROM t")).isEqualTo("B");
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesNoStructureOnceAnotherProcessHasTakenOver(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, source text)");
            neap.onEvent("add column", () -> db.execute("UPDATE neap.lease SET token = gen_random_uuid()"));
            assertThatThrownBy(() -> neap.runs().run(InProcess.change("""
                    change: trap
                    table: public.t
                    operations:
                      - add_column: {name: target, type: text, from: upper(source)}
                    """), neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("taken the change over");
            assertThat(db.one(Long.class, "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotCountAgainAfterARollbackThoughTheFileWasEdited(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0); INSERT INTO t VALUES (1)");
            try (InProcess neap = InProcess.on(db)) {
                neap.runs().run(InProcess.change("""
                        change: trap
                        table: public.t
                        operations:
                          - add_column: {name: note, type: text}
                          - backfill: {set: {n: n + 1}}
                        """), neap.watcher());
                neap.runs().rollback(new ChangeName("trap"), neap.watcher());
            }
            assertThatThrownBy(() -> run(db, COUNT)).isInstanceOf(RunFailed.class).hasMessageContaining("twice");
            assertThat(db.one(Integer.class, "SELECT n FROM t")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesStandingWhatSomebodyElseMadeMeanwhile(TestServer server) {
        String yaml = """
                change: trap
                table: public.t
                operations:
                  - add_column: {name: a, type: int}
                  - add_column: {name: b, type: int}
                  - create_index: {name: i, columns: [a]}
                """;
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY)");
            neap.onEvent("add column a", () -> db.execute("ALTER TABLE t ADD COLUMN b int"));
            neap.runs().run(InProcess.change(yaml), neap.watcher());
            neap.runs().rollback(new ChangeName("trap"), neap.watcher());
            assertThat(neap.events())
                    .contains(
                            "add column b: was so already",
                            "drop column b: left as it is, since this run did not make it");
            assertThat(columns(db)).containsExactly("b", "id");

            db.execute("ALTER TABLE t DROP COLUMN b");
            // Before the run comes to it, which then never does.
            neap.onEvent(
                    "add column a",
                    () -> db.execute("ALTER TABLE t ADD COLUMN b int", "DELETE FROM neap.lease"));
            assertThatThrownBy(() -> run(neap, yaml)).isInstanceOf(RunFailed.class);
            neap.runs().rollback(new ChangeName("trap"), neap.watcher());
            assertThat(columns(db)).containsExactly("b", "id");
        }
    }

    private static Outcome run(InProcess neap, String yaml) {
        return neap.runs().run(InProcess.change(yaml), neap.watcher());
    }

    private static List<String> columns(TestDatabase db) {
        return db.list(
                String.class,
                "SELECT column_name::text FROM information_schema.columns WHERE table_name = 't' ORDER BY 1");
    }
}
