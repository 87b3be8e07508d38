package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
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

/** A table is replaced that references one and is referenced by others: to them nothing happens that did not happen before. */
class FamiliesIT {

    private static final ChangeFile RESHAPE = InProcess.change("""
            change: reshape
            table: public.t
            operations:
              - restructure_table: {order: [id, note, p]}
            """);

    private static final ChangeName NAME = RESHAPE.change().name();

    private static final String KEYS = """
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
            FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1""";

    private static TestDatabase family(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE p (id bigint PRIMARY KEY)",
                        "INSERT INTO p SELECT generate_series(1, 200)",
                        "CREATE TABLE t (id bigint PRIMARY KEY, p bigint REFERENCES p ON DELETE CASCADE, note text)",
                        "INSERT INTO t SELECT n, n, 'note ' || n FROM generate_series(1, 100) n WHERE n NOT IN (9, 49)",
                        "CREATE TABLE cascading (t bigint REFERENCES t ON UPDATE CASCADE ON DELETE CASCADE)",
                        "CREATE TABLE standing (t bigint REFERENCES t ON UPDATE CASCADE)",
                        "COMMENT ON CONSTRAINT cascading_t_fkey ON cascading IS 'of the family'",
                        "INSERT INTO cascading SELECT generate_series(10, 40)",
                        "INSERT INTO standing SELECT generate_series(50, 60)",
                        // Whose trigger says where it writes by the search_path of whoever writes.
                        "CREATE SCHEMA app CREATE TABLE audit (t bigint)",
                        "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO audit VALUES (OLD.t); RETURN NULL; END'",
                        "CREATE TRIGGER audit AFTER DELETE ON cascading FOR EACH ROW EXECUTE FUNCTION audit()");
    }

    @ParameterizedTest
    @EnumSource
    void seesNothingOfTheTableThatFollows(TestServer server) throws SQLException {
        try (TestDatabase db = family(server); InProcess neap = InProcess.on(db, Map.of())) {
            List<String> before = db.list(String.class, KEYS);
            assertThat(neap.runs().run(RESHAPE, WindowUse.IGNORE, neap.watcher()).state()).isEqualTo(RunState.READY);
            assertThat(db.list(String.class, KEYS)).isEqualTo(before);

            db.execute(
                    // Each row gets the key that the one before it gives up.
                    "UPDATE t SET id = id - 1 WHERE id IN (10, 11, 12)",
                    "UPDATE t SET id = id - 1 WHERE id IN (50, 51, 52)",
                    "WITH moved AS (UPDATE t SET p = 150 WHERE p = 20 RETURNING 1) DELETE FROM p WHERE id = 20");
            assertThat(db.list(Long.class, "SELECT t FROM cascading WHERE t < 14 ORDER BY t"))
                    .containsExactly(9L, 10L, 11L, 13L);
            assertThat(db.list(Long.class, "SELECT p FROM t JOIN cascading ON t.id = cascading.t WHERE t.id = 20"))
                    .containsExactly(150L);
            try (Connection client = db.connect(); Statement statement = client.createStatement()) {
                statement.execute("SET search_path = app, public");
                statement.execute("DELETE FROM t WHERE id = 30");
            }
            assertThat(db.list(Long.class, "SELECT t FROM app.audit")).containsExactly(30L);

            neap.runs().rollback(NAME, neap.watcher());
            assertThat(db.list(String.class, KEYS)).isEqualTo(before);
            assertThat(db.one(
                    String.class,
                    "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'cascading_t_fkey'"))
                    .isEqualTo("of the family");
            assertThat(db.one(Long.class, "SELECT count(*) FROM t")).isEqualTo(97);
            assertThat(Residue.in(db)).isEmpty();

            neap.runs().run(RESHAPE, WindowUse.IGNORE, neap.watcher());
            neap.runs().complete(NAME, WindowUse.IGNORE, neap.watcher());
            assertThat(db.list(String.class, KEYS)).isEqualTo(before);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isEmptiedAsAWhole(TestServer server) throws SQLException {
        try (TestDatabase db = family(server);
                InProcess neap = InProcess.on(db, Map.of());
                Connection client = db.connect();
                Statement statement = client.createStatement()) {
            neap.runs().run(RESHAPE, WindowUse.IGNORE, neap.watcher());
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
            statement.execute("SELECT count(*) FROM t");
            db.execute("INSERT INTO t (id) VALUES (7777)");
            statement.execute("TRUNCATE t, cascading, standing");
            statement.execute("COMMIT");

            neap.runs().rollback(NAME, neap.watcher());

            assertThat(db.one(Long.class, "SELECT count(*) FROM t")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsKeysLetterByLetterThatAreEqualAndNotTheSame(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)
                .execute(
                        "CREATE COLLATION anycase (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false)",
                        "CREATE TABLE t (name text COLLATE anycase PRIMARY KEY, size numeric, note text)",
                        "INSERT INTO t SELECT 'n' || n, n FROM generate_series(1, 20000) n");
                InProcess neap = InProcess.on(db, Map.of("neap.backfill.chunk-duration", "10ms"))) {
            AtomicBoolean begun = new AtomicBoolean();
            neap.onProgress(progress -> {
                if (progress.visited() > 0 && begun.compareAndSet(false, true)) {
                    db.execute("UPDATE t SET name = upper(name) WHERE size IN (1, 2, 19999)");
                }
            });
            neap.runs().run(InProcess.change("""
                    change: reshape
                    table: public.t
                    operations:
                      - restructure_table: {order: [name, note, size]}
                    """), WindowUse.IGNORE, neap.watcher());
            assertThat(begun).isTrue();
            db.execute("UPDATE t SET name = upper(name) WHERE size = 3");
            String spelt = "SELECT name FROM t WHERE size IN (1, 2, 3, 4, 19999) ORDER BY size";
            assertThat(db.list(String.class, spelt)).containsExactly("N1", "N2", "N3", "n4", "N19999");

            neap.runs().rollback(NAME, neap.watcher());

            assertThat(db.list(String.class, spelt)).containsExactly("N1", "N2", "N3", "n4", "N19999");
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensToNobodyWhatIsGrantedToNobody(TestServer server) {
        try (TestDatabase db = family(server); InProcess neap = InProcess.on(db, Map.of())) {
            String reader = db.newRole();
            db.execute(
                    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO " + reader,
                    "ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO PUBLIC",
                    "GRANT UPDATE ON t TO " + reader);
            neap.runs().run(RESHAPE, WindowUse.IGNORE, neap.watcher());
            assertThat(db.list(Boolean.class,
                    "SELECT has_table_privilege('%s', 't', what) FROM unnest('{SELECT,INSERT,UPDATE}'::text[]) what"
                            .formatted(reader)))
                    .containsExactly(false, false, true);
            neap.runs().rollback(NAME, neap.watcher());
        }
    }
}
