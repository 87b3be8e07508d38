package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import dev.neap.run.WindowUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A transaction that sees all the time what its first statement saw gives away the key of a row that was deleted since: it
 * sees two rows with that key, or one that is not there any more.
 */
class MirroredSnapshotsIT {

    private static final ChangeFile RESTRUCTURE = InProcess.change("""
            change: reshape
            table: public.t
            operations:
              - restructure_table: {order: [id, note, day]}
            """);

    private static final ChangeFile PARTITION = InProcess.change("""
            change: divide
            table: public.t
            operations:
              - partition_table: {by: hash, key: [id], modulus: 3}
            """);

    private static final Map<String, String> SMALL_CHUNKS = Map.of(
            "neap.backfill.chunk-duration", "10ms", "neap.backfill.pause", "1ms");

    /** Its key is longer than the one of old. */
    private static final ChangeFile PARTITION_BY_DAY = InProcess.change("""
            change: by_day
            table: public.t
            operations:
              - partition_table: {by: range, key: [day], every: 100, from: 0, to: 1000, primary_key: [id, day]}
            """);

    private static final List<String> GONE = List.of(
            "DELETE FROM t WHERE id = :id",
            "UPDATE t SET id = :id + 100000 WHERE id = :id",
            "UPDATE t SET id = :id + 100000, day = 901 WHERE id = :id");

    private static final String INSERT = "INSERT INTO t (id, day, note) VALUES (:id, 5, 'mine')";
    private static final String MOVE = "UPDATE t SET id = :id, day = 5, note = 'mine' WHERE id = :id + 2";
    private static final String MINE = " WHERE id = :id AND note = 'mine'";

    private static final List<List<String>> WRITES = List.of(
            List.of(INSERT),
            List.of(MOVE),
            List.of("UPDATE t SET id = :id WHERE id = :id + 2"),
            List.of(INSERT, "UPDATE t SET note = 'still mine'" + MINE),
            List.of(INSERT, "DELETE FROM t" + MINE),
            List.of(MOVE, "DELETE FROM t" + MINE),
            List.of(INSERT, "UPDATE t SET id = :id + 200000" + MINE),
            List.of(MOVE, "UPDATE t SET id = :id + 2, day = 7" + MINE),
            List.of(INSERT.replace("mine", "passing")),
            List.of(INSERT.replace("mine", "passing"), INSERT),
            List.of(MOVE.replace("mine", "passing"), INSERT),
            List.of(INSERT, "DELETE FROM t" + MINE, MOVE, "UPDATE t SET day = 6" + MINE));

    private static final List<String> ISOLATIONS = List.of("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE");

    private static final int ROWS = 20_000;

    @ParameterizedTest
    @EnumSource
    void takeTheRowThatIsThereOrAskForAnotherTry(TestServer server) {
        for (ChangeFile change : List.of(RESTRUCTURE, PARTITION, PARTITION_BY_DAY)) {
            try (TestDatabase db = table(server); InProcess neap = InProcess.on(db, SMALL_CHUNKS)) {
                AtomicBoolean begun = new AtomicBoolean();
                neap.onProgress(progress -> {
                    if (progress.visited() > 0 && begun.compareAndSet(false, true)) {
                        assertThat(db.one(Long.class, "SELECT max(id) FROM " + other(db)))
                                .as("rows that the copy has not come to yet")
                                .isLessThan(ROWS / 2);
                        overlapAll(db, ROWS / 2);
                        // The last verification would find them and put it right.
                        assertThat(differences(db)).noneMatch(row -> row.startsWith("other"));
                    }
                });
                assertThat(neap.runs().run(change, WindowUse.IGNORE, neap.watcher()).state())
                        .isEqualTo(RunState.READY);
                assertThat(begun).isTrue();
                assertThat(differences(db)).as(change.change().name() + ", while rows were copied").isEmpty();
                overlapAll(db, 0);
                assertThat(differences(db)).as(change.change().name() + ", after the swap").isEmpty();
            }
        }
    }

    private static TestDatabase table(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE t (id bigint PRIMARY KEY, day int NOT NULL, note text)",
                        "INSERT INTO t (id, day, note) SELECT n, n % 1000, 'note ' || n FROM generate_series(1, " + ROWS
                                + ") n",
                        // Before the change's own triggers, which come in the order of their names.
                        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM t WHERE id = NEW.id AND note = NEW.note; RETURN NULL; END'",
                        "CREATE TRIGGER \"AAA_first\" AFTER INSERT OR UPDATE ON t FOR EACH ROW WHEN (NEW.note = 'passing') EXECUTE FUNCTION f()");
    }

    private static void overlapAll(TestDatabase db, int first) {
        int id = first;
        for (List<String> writes : WRITES) {
            for (String gone : GONE) {
                for (String isolation : ISOLATIONS) {
                    id += 10;
                    overlap(db, id, isolation, gone, writes);
                }
            }
        }
    }

    /** A client's own way: what PostgreSQL asks to be tried again is tried again, once. */
    private static void overlap(TestDatabase db, int id, String isolation, String gone, List<String> writes) {
        try (Connection connection = db.connect(); Statement statement = connection.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL " + isolation);
            statement.execute("SELECT count(*) FROM t");
            db.execute(of(id, gone));
            try {
                writeAndCommit(statement, id, writes);
            } catch (SQLException e) {
                if (!e.getSQLState().equals("40001")) {
                    throw e;
                }
                statement.execute("ROLLBACK");
                statement.execute("BEGIN ISOLATION LEVEL " + isolation);
                writeAndCommit(statement, id, writes);
            }
        } catch (SQLException e) {
            fail(isolation + ": " + gone + " before " + writes, e);
        }
    }

    private static void writeAndCommit(Statement statement, int id, List<String> writes) throws SQLException {
        for (String sql : writes) {
            statement.execute(of(id, sql));
        }
        statement.execute("COMMIT");
    }

    private static String of(int id, String sql) {
        return sql.replace(":id", Integer.toString(id));
    }

    /** The table that follows, or the one of old. */
    private static String other(TestDatabase db) {
        return db.one(String.class,
                "SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^t_neap_' AND NOT relispartition AND relkind IN ('r', 'p')");
    }

    /** Rows that only one of the two tables has. */
    private static List<String> differences(TestDatabase db) {
        return db.list(String.class,
                """
                        (SELECT 't ' || concat_ws(' ', id, day, note) FROM (SELECT id, day, note FROM t EXCEPT ALL SELECT id, day, note FROM %1$s) AS d)
                        UNION ALL
                        (SELECT 'other ' || concat_ws(' ', id, day, note) FROM (SELECT id, day, note FROM %1$s EXCEPT ALL SELECT id, day, note FROM t) AS d)"""
                        .formatted(other(db)));
    }
}
