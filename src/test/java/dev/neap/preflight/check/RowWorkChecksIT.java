package dev.neap.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Snapshot;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.plan.Planner;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.preflight.Preflight;
import dev.neap.run.Inspection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found that rows would meet which are deleted, moved or copied. */
class RowWorkChecksIT {

    private static final String ARCHIVE = "archive: {to: public.gone, where: n > 5}";
    private static final String NOTE = "irreversible: {backup: none, retention: none, approval: a test}\n";
    private static final String DELETE = "delete: {where: n > 5}";
    private static final String COPY = "copy: {to: public.gone, on_conflict: update}";

    /**
     * @param amiss SQL after which something is found
     * @param found how each finding begins: severity, check, fact
     */
    record Case(String operation, String amiss, List<String> found) {

        Case(String operation, String amiss, String... found) {
            this(operation, amiss, List.of(found));
        }

        @Override
        public String toString() {
            return operation + " after " + amiss;
        }
    }

    static Stream<Arguments> cases() {
        List<Case> cases = List.of(
                new Case(DELETE, "CREATE TABLE c (t_id int REFERENCES t ON DELETE CASCADE)",
                        "WARNING foreign-key: It refers to this table ON DELETE CASCADE: rows of c ",
                        "WARNING foreign-key: Table c has no index on (t_id)"),
                new Case(DELETE, "CREATE TABLE c (t_id int REFERENCES t); CREATE INDEX ON c (t_id)",
                        "NOTE foreign-key: It refers to this table: a row that c still refers to can't be deleted"),
                new Case(ARCHIVE, "CREATE TABLE c (t_id int REFERENCES t ON DELETE SET NULL)",
                        "WARNING foreign-key: It refers to this table ON DELETE SET NULL",
                        "WARNING foreign-key: Table c has no index"),
                new Case(DELETE, "CREATE TRIGGER a BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION f()",
                        "WARNING delete-trigger: It fires before each deleted row"),
                new Case(DELETE, "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
                        "BLOCKER rule: It rewrites every DELETE"),
                new Case(ARCHIVE, "ALTER TABLE t REPLICA IDENTITY NOTHING; CREATE PUBLICATION p FOR TABLE t",
                        "BLOCKER publication: Publication p publishes its deletes, but it has no replica identity"),
                new Case(DELETE, "CREATE PUBLICATION p FOR TABLE t WITH (publish = 'insert')",
                        "NOTE publication: Publication p does not send deletes"),
                new Case(ARCHIVE, "ALTER TABLE gone SET UNLOGGED", "BLOCKER destination: It is unlogged"),
                new Case(COPY, "ALTER TABLE gone SET UNLOGGED", "WARNING destination: It is unlogged"),
                new Case(COPY, "CREATE RULE r AS ON INSERT TO gone DO ALSO NOTHING",
                        "BLOCKER destination: A rule there rewrites INSERT"),
                new Case(COPY, "CREATE TRIGGER a BEFORE INSERT ON gone FOR EACH ROW EXECUTE FUNCTION f()",
                        "WARNING destination: It fires before each row that is inserted there and calls f"),
                new Case("partition_table: {by: hash, key: [id], modulus: 2}",
                        "CREATE PUBLICATION p FOR TABLE t WITH (publish_via_partition_root = true)",
                        "NOTE publication: The new table takes its place in publication p"),
                new Case("delete: {where: at < now()}", "SELECT 1",
                        "WARNING stable-expression: It is STABLE: it depends on the clock"));
        return Stream.of(TestServer.values())
                .flatMap(server -> cases.stream().map(each -> Arguments.of(each, server)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("cases")
    void isFoundAndNotWithoutIt(Case each, TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, n int, at timestamptz)",
                    "CREATE TABLE gone (id int PRIMARY KEY, n int, at timestamptz)",
                    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
                    "ANALYZE t");
            if (!each.operation().contains("now()")) {
                assertThat(findings(database, each.operation())).isEmpty();
            }
            database.execute(each.amiss());
            assertThat(findings(database, each.operation())).hasSameSizeAs(each.found());
            for (String found : each.found()) {
                assertThat(findings(database, each.operation())).anyMatch(line -> line.startsWith(found));
            }
        }
    }

    /** Of rows and columns that a change does not touch, nobody wants to read. */
    @Test
    void speakOnlyOfWhatTheChangeDoes() {
        try (TestDatabase database = TestDatabase.on(TestServer.NEWEST)) {
            database.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, n int)",
                    "INSERT INTO t SELECT i FROM generate_series(1, 1000) i",
                    "CREATE PUBLICATION p FOR TABLE t",
                    "ANALYZE t");
            Set<String> about = Set.of("publication", "disk-room");
            assertThat(findings(database, "set_default: {column: n, default: 1}", about)).isEmpty();
            assertThat(findings(database, "add_column: {name: m, type: int}", about))
                    .containsExactly(
                            "NOTE publication: Publication p sends its rows to subscribers; new columns must exist there"
                                    + " first.");
            assertThat(findings(database, "backfill: {set: {n: id}}", about))
                    .hasSize(2)
                    .contains(
                            "NOTE publication: Publication p sends every backfilled row (up to 1,000) to its"
                                    + " subscribers.")
                    .anyMatch(
                            line -> line.matches("NOTE disk-room: .* wants up to \\d+ kB more for it, and writes .*"));
            assertThat(findings(database, "add_column: {name: m, type: int, from: id}", about))
                    .contains(
                            "NOTE publication: Publication p sends every backfilled row (up to 1,000) to its subscribers;"
                                    + " new columns must exist there first.");
        }
    }

    private static List<String> findings(TestDatabase database, String operation) {
        return findings(
                database,
                operation,
                Set.of(
                        "foreign-key", "delete-trigger", "update-trigger", "rule", "publication", "destination",
                        "row-privileges", "stable-expression", "table-owner", "hot-updates"));
    }

    private static List<String> findings(TestDatabase database, String operation, Set<String> about) {
        ChangeFile file = new ChangeReader().read("test.yaml", """
                change: test
                table: public.t
                operations:
                  - %s
                %s""".formatted(operation, operation.startsWith("delete") ? NOTE : ""));
        Snapshot snapshot = new Inspection(database.dataSource()).inspect(file.change());
        return Preflight.examine(
                Target.of(database.dataSource(), Planner.plan(file.change(), snapshot), snapshot.answers()))
                .stream()
                .filter(finding -> about.contains(finding.check()))
                .map(finding -> finding.severity() + " " + finding.check() + ": " + finding.fact())
                .toList();
    }
}
