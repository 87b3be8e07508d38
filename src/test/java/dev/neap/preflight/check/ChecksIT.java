package dev.neap.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Answers;
import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.CatalogReader;
import dev.neap.catalog.Snapshot;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.PaceOptions;
import dev.neap.change.operation.BackfillRows;
import dev.neap.plan.Planner;
import dev.neap.postgres.OwnServer;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.preflight.Preflight;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check finds what was made amiss, and is silent once its remedy was applied. */
class ChecksIT {

    private static final QualifiedName T = QualifiedName.of("public", "t");

    /**
     * @param check the id of the check
     * @param amiss SQL after which it finds something
     * @param remedy SQL after which it does not
     */
    record Case(String check, Severity severity, String amiss, String remedy) {
        @Override
        public String toString() {
            return check + ": " + amiss;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "invalid-index",
                        Severity.WARNING,
                        "CREATE INDEX i ON t (n); UPDATE pg_index SET indisvalid = false WHERE indexrelid = "
                                + "'i'::regclass",
                        "REINDEX INDEX i"),
                new Case(
                        "update-trigger",
                        Severity.WARNING,
                        "CREATE TRIGGER a BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
                        "DROP TRIGGER a ON t; CREATE TRIGGER a BEFORE UPDATE OF id ON t FOR EACH ROW EXECUTE "
                                + "FUNCTION f()"),
                new Case(
                        "update-trigger",
                        Severity.NOTE,
                        "CREATE TRIGGER a AFTER UPDATE OF n ON t FOR EACH STATEMENT EXECUTE FUNCTION f()",
                        "ALTER TABLE t DISABLE TRIGGER a"),
                new Case(
                        "rule",
                        Severity.BLOCKER,
                        "CREATE RULE r AS ON UPDATE TO t DO ALSO DELETE FROM t WHERE false",
                        "DROP RULE r ON t"),
                new Case(
                        "foreign-key",
                        Severity.NOTE,
                        "CREATE TABLE child (id bigint REFERENCES t)",
                        "DROP TABLE child"),
                new Case(
                        "foreign-key",
                        Severity.WARNING,
                        "CREATE TABLE parent (n int PRIMARY KEY);"
                                + " ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (n) REFERENCES parent NOT VALID",
                        "ALTER TABLE t DROP CONSTRAINT fk"),
                new Case(
                        "partitioning",
                        Severity.WARNING,
                        "CREATE TABLE heir () INHERITS (t)",
                        "ALTER TABLE heir NO INHERIT t"),
                new Case("unlogged", Severity.WARNING, "ALTER TABLE t SET UNLOGGED", "ALTER TABLE t SET LOGGED"),
                new Case(
                        "autovacuum",
                        Severity.WARNING,
                        "ALTER TABLE t SET (autovacuum_enabled = off)",
                        "ALTER TABLE t RESET (autovacuum_enabled)"),
                new Case(
                        "statistics",
                        Severity.WARNING,
                        "DROP TABLE t; CREATE TABLE t (id bigint PRIMARY KEY, n int); INSERT INTO t VALUES (1, 1)",
                        "ANALYZE t"),
                new Case("hot-updates", Severity.NOTE, "CREATE INDEX i ON t ((n + 1))",
                        "DROP TABLE t; CREATE TABLE t (id bigint NOT NULL, n int)"),
                new Case(
                        "publication",
                        Severity.NOTE,
                        "CREATE PUBLICATION p FOR TABLE t WITH (publish = 'update')",
                        "DROP PUBLICATION p"),
                new Case(
                        "publication",
                        Severity.BLOCKER,
                        "ALTER TABLE t REPLICA IDENTITY NOTHING; CREATE PUBLICATION p FOR TABLE t",
                        "DROP PUBLICATION p"),
                new Case(
                        "pg-repack",
                        Severity.BLOCKER,
                        "CREATE TRIGGER repack_trigger AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
                        "DROP TRIGGER repack_trigger ON t"),
                new Case(
                        "dead-tuples",
                        Severity.WARNING,
                        "ALTER TABLE t SET (autovacuum_enabled = off); INSERT INTO t SELECT g, 1 FROM "
                                + "generate_series(100, 30100) g; DELETE FROM t",
                        "VACUUM t"),
                new Case(
                        "wraparound",
                        Severity.WARNING,
                        "ALTER TABLE t SET (autovacuum_enabled = off, autovacuum_freeze_max_age = 100000);" + burn(),
                        "ALTER TABLE t RESET (autovacuum_freeze_max_age)"));
    }

    /** Uses up more than a hundred thousand transaction ids: one a subtransaction that writes. */
    private static String burn() {
        return """
                DO $$
                BEGIN
                  CREATE TEMP TABLE burnt (a int) ON COMMIT DROP;
                  FOR i IN 1..100100 LOOP
                    BEGIN
                      INSERT INTO burnt VALUES (1);
                    EXCEPTION WHEN division_by_zero THEN NULL;
                    END;
                  END LOOP;
                END $$""";
    }

    static Stream<Arguments> casesOnBothServers() {
        return Stream.of(TestServer.values())
                .flatMap(server -> cases().map(c -> Arguments.of(server, c)));
    }

    @ParameterizedTest
    @MethodSource("casesOnBothServers")
    void findsWhatIsAmissAndIsSilentAfterTheRemedy(TestServer server, Case c) {
        try (TestDatabase database = fresh(server)) {
            database.execute(c.amiss());
            assertThat(soon(database, c.check(), true))
                    .as("after: " + c.amiss())
                    .anySatisfy(finding -> assertThat(finding.severity()).isEqualTo(c.severity()));

            database.execute(c.remedy().split(";"));
            assertThat(soon(database, c.check(), false)).as("after: " + c.remedy()).isEmpty();
        }
    }

    /** What a check finds, once that is something or nothing; up to PostgreSQL 14 statistics arrive a little later. */
    private static List<Finding> soon(TestDatabase database, String check, boolean something) {
        List<Finding> found = of(examine(database.dataSource()), check);
        for (int i = 0; i < 50 && found.isEmpty() == something; i++) {
            database.rows("SELECT pg_sleep(0.1)");
            found = of(examine(database.dataSource()), check);
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void canBeReadOnEverySupportedServer(TestServer server) {
        try (TestDatabase database = fresh(server)) {
            for (Finding finding : examine(database.dataSource())) {
                assertThat(finding.fact()).doesNotContain("could not be read");
            }
            for (Finding finding : doctor(database.dataSource())) {
                assertThat(finding.fact()).doesNotContain("could not be read");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingButNotesInAHealthyDatabase(TestServer server) {
        try (TestDatabase database = fresh(server)) {
            assertThat(examine(database.dataSource())).allMatch(f -> f.severity() == Severity.NOTE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesARoleThatMayNotDoWhatIsNeeded(TestServer server) {
        try (TestDatabase database = fresh(server)) {
            String role = database.newRole();
            database.execute("REVOKE TEMP ON DATABASE %s FROM public".formatted(database.name()));
            List<Finding> findings = examine(database.dataSource(role));
            for (String check : List.of("table-owner", "neap-schema", "temporary-tables")) {
                assertThat(of(findings, check)).extracting(Finding::severity).containsExactly(Severity.BLOCKER);
            }
            for (String check : List.of("statistics-privilege", "standbys", "long-transaction",
                    "idle-in-transaction")) {
                assertThat(of(findings, check)).extracting(Finding::severity).containsExactly(Severity.NOTE);
            }

            database.execute(
                    "ALTER TABLE t OWNER TO " + role,
                    "GRANT CREATE, TEMP ON DATABASE %s TO %s".formatted(database.name(), role),
                    "GRANT pg_monitor TO " + role);
            List<Finding> now = examine(database.dataSource(role));
            assertThat(now).allMatch(f -> f.severity() == Severity.NOTE);
            assertThat(of(now, "statistics-privilege")).isEmpty();
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhenRowSecurityHidesRows(TestServer server) {
        try (TestDatabase database = fresh(server)) {
            String role = database.newRole();
            database.execute(
                    "ALTER TABLE t OWNER TO " + role,
                    "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                    "ALTER TABLE t FORCE ROW LEVEL SECURITY");
            assertThat(of(examine(database.dataSource(role)), "row-security"))
                    .extracting(Finding::severity)
                    .containsExactly(Severity.BLOCKER);
            database.execute("ALTER TABLE t NO FORCE ROW LEVEL SECURITY");
            assertThat(of(examine(database.dataSource(role)), "row-security")).isEmpty();
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesWhatARolesSessionsBeginWith(TestServer server) {
        try (TestDatabase database = fresh(server)) {
            String role = database.newRole();
            database.execute(
                    "ALTER ROLE %s SET statement_timeout = '1s'".formatted(role),
                    "ALTER ROLE %s SET idle_in_transaction_session_timeout = '1s'".formatted(role),
                    "ALTER ROLE %s SET default_transaction_read_only = on".formatted(role),
                    "ALTER ROLE %s CONNECTION LIMIT 3".formatted(role));
            List<Finding> findings = examine(database.dataSource(role));
            assertThat(of(findings, "session-timeouts")).hasSize(2);
            assertThat(of(findings, "read-only")).hasSize(1);
            assertThat(of(findings, "connections")).hasSize(1);

            database.execute("ALTER ROLE %s RESET ALL".formatted(role),
                    "ALTER ROLE %s CONNECTION LIMIT -1".formatted(role));
            List<Finding> now = examine(database.dataSource(role));
            assertThat(of(now, "session-timeouts")).isEmpty();
            assertThat(of(now, "read-only")).isEmpty();
            assertThat(of(now, "connections")).isEmpty();
            database.execute("DROP ROLE " + role);
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhoHoldsTheHorizon(TestServer server) throws SQLException {
        try (TestDatabase database = fresh(server)) {
            try (Connection old = database.connect()) {
                old.setAutoCommit(false);
                old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                old.createStatement().execute("SET application_name = 'report'; SELECT count(*) FROM t");
                database.execute(burn());
                assertThat(of(examine(database.dataSource()), "horizon"))
                        .anyMatch(finding -> finding.object().contains("(report)"));
            }
            assertThat(of(examine(database.dataSource()), "horizon")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhichTransactionHoldsALockOnTheTable(TestServer server) throws SQLException {
        try (TestDatabase database = fresh(server);
                Connection idle = database.connect()) {
            idle.setAutoCommit(false);
            idle.createStatement().execute("SELECT count(*) FROM t");
            Target target = Target.of(database.dataSource(), Optional.of(table(database.dataSource())));
            assertThat(OpenTransaction.olderThan("0 s", true, target))
                    .singleElement()
                    .matches(OpenTransaction::holdsTable)
                    .satisfies(session -> assertThat(session.fact()).contains("idle in transaction"));
            idle.rollback();
            assertThat(OpenTransaction.olderThan("0 s", true, target)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsASlotThatNobodyReads(TestServer server) {
        try (TestDatabase database = fresh(server)) {
            String slot = "s_" + database.name();
            database.one(String.class, "SELECT pg_create_physical_replication_slot(?, true)::text", slot);
            try {
                assertThat(of(examine(database.dataSource()), "inactive-slot"))
                        .anyMatch(finding -> finding.object().contains(slot));
            } finally {
                database.rows("SELECT pg_drop_replication_slot(?)", slot);
            }
            assertThat(of(examine(database.dataSource()), "inactive-slot"))
                    .noneMatch(finding -> finding.object().contains(slot));
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesWhatIsAmissWithAWholeServer(TestServer version, @TempDir Path directory) throws IOException {
        Map<String, String> settings = Map.of(
                "max_prepared_transactions", "2",
                "autovacuum", "off",
                "archive_mode", "on",
                "archive_command", "false");
        try (OwnServer server = OwnServer.in(directory, version, settings)) {
            TestDatabase database = withTable(TestDatabase.on(server));
            DataSource source = database.dataSource();
            database.execute("BEGIN; INSERT INTO t VALUES (11, 11); PREPARE TRANSACTION 'it''s mine'");
            assertThat(of(examine(source), "prepared-transaction"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.remedy()).contains("ROLLBACK PREPARED 'it''s mine'"));
            assertThat(of(examine(source), "autovacuum")).hasSize(1);
            assertThat(of(examine(source), "standby")).isEmpty();
            database.execute("ROLLBACK PREPARED 'it''s mine'", "ALTER SYSTEM SET autovacuum = on");
            assertThat(of(examine(source), "prepared-transaction")).isEmpty();

            server.stopImmediate();
            Files.createFile(directory.resolve("data").resolve("standby.signal"));
            server.start();
            assertThat(of(doctor(source), "standby")).extracting(Finding::severity).containsExactly(Severity.BLOCKER);
            assertThat(doctor(source)).noneMatch(finding -> finding.fact().contains("could not be read"));
        }
    }

    private static TestDatabase fresh(TestServer server) {
        return withTable(TestDatabase.on(server));
    }

    private static TestDatabase withTable(TestDatabase database) {
        return database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, n int)",
                "INSERT INTO t SELECT g, g FROM generate_series(1, 10) g",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "ANALYZE t");
    }

    private static List<Finding> examine(DataSource database) {
        Answers answers = new Answers(
                Map.of(),
                Map.of(
                        "operations[0].backfill.set.n",
                        new ExpressionFacts("integer", List.of(Identifier.of("id")), Volatility.IMMUTABLE, false,
                                true)),
                Map.of(),
                Map.of());
        Change change = new Change(
                new ChangeName("fill"),
                T,
                List.of(new BackfillRows(Map.of(Identifier.of("n"), "id::int"), Optional.empty())),
                List.of(),
                BackfillOptions.none(),
                PaceOptions.none());
        return Preflight.examine(
                Target.of(database, Planner.plan(change, new Snapshot(table(database), answers)), answers));
    }

    private static List<Finding> doctor(DataSource database) {
        return Preflight.examine(Target.of(database, Optional.empty()));
    }

    private static Table table(DataSource database) {
        return new CatalogReader(database).table(T).orElseThrow();
    }

    private static List<Finding> of(List<Finding> findings, String check) {
        return findings.stream().filter(finding -> finding.check().equals(check)).toList();
    }
}
