package dev.neap.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Snapshot;
import dev.neap.catalog.SnapshotJson;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.plan.Planner;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.preflight.Preflight;
import dev.neap.run.Inspection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found where those who write a table may not use what a trigger has to compute for them. */
class WriterPrivilegesIT {

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void namesEachGrantThatAWriterLacksAndNoOther(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            String writer = db.newRole();
            String reader = db.newRole();
            String taken = db.newRole();
            String login = db.newRole();
            db.execute("""
                    CREATE SCHEMA app;
                    CREATE TABLE app.codes (code text, n int);
                    CREATE FUNCTION app.norm(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower($1)';
                    CREATE FUNCTION app.same(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2';
                    CREATE OPERATOR app.=== (FUNCTION = app.same, LEFTARG = text, RIGHTARG = text);
                    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM public;
                    CREATE TABLE t (id int PRIMARY KEY, mail text);
                    GRANT SELECT ON t TO %2$s;
                    GRANT USAGE ON SCHEMA app TO %3$s;
                    GRANT INSERT (mail) ON t TO %1$s;
                    GRANT UPDATE ON t TO %3$s;
                    ALTER ROLE %3$s NOLOGIN;
                    ALTER ROLE %4$s NOINHERIT;
                    GRANT %3$s TO %4$s""".formatted(writer, reader, taken, login));
            String both = writer + ", " + taken;
            String expression = "app.norm(mail) || (SELECT n FROM app.codes WHERE code OPERATOR(app.===) mail LIMIT 1)";
            String at = "expression operations[0].add_column.from: GRANT ";
            assertThat(findings(db, expression)).containsExactlyInAnyOrder(
                    at + "USAGE ON SCHEMA app TO " + writer + ";",
                    at + "SELECT ON TABLE app.codes TO " + both + ";",
                    at + "EXECUTE ON FUNCTION app.same(text,text) TO " + both + ";",
                    at + "EXECUTE ON FUNCTION app.norm(text) TO " + both + ";");
            assertThat(findings(db, "lower(mail) || length(mail)")).isEmpty();

            findings(db, expression).forEach(line -> db.execute(line.substring(line.indexOf("GRANT"))));
            assertThat(findings(db, expression)).isEmpty();
        }
    }

    private static List<String> findings(TestDatabase database, String from) {
        ChangeFile file = new ChangeReader().read("test.yaml", """
                change: test
                table: public.t
                operations:
                  - add_column: {name: low, type: text, from: "%s"}
                """.formatted(from));
        Snapshot snapshot = SnapshotJson.read(SnapshotJson.write(new Inspection(database.dataSource())
                .inspect(file.change())));
        return Preflight.examine(
                Target.of(database.dataSource(), Planner.plan(file.change(), snapshot), snapshot.answers()))
                .stream()
                .filter(finding -> finding.check().equals("writer-privileges"))
                .map(finding -> finding.object() + ": " + finding.remedy())
                .toList();
    }
}
