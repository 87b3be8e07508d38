package dev.neap.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.cli.CliHarness;
import dev.neap.cli.ExitCode;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with everything behind it. */
class LintingIT {

    @TempDir
    private Path directory;

    private final CliHarness neap = new CliHarness(Wired.with(Map.of("PATH", "")));

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void judgesFilesInTheirOrderOnAnEmptyShadow() throws IOException {
        String first = file("V1__users.sql",
                "CREATE TABLE users (id bigint PRIMARY KEY, age integer, nick varchar(9));\n");
        String second = file("V2__wider.sql", """
                SET lock_timeout = '2s';
                ALTER TABLE users ALTER COLUMN nick TYPE text;
                ALTER TABLE users ALTER COLUMN age TYPE bigint;
                """);
        CliHarness.Result result = neap.run("lint", first, second);
        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.out())
                .contains("V2__wider.sql:3:1: error [rewriting-type-change]", "note: No version was named",
                        "1 error in 2 files.")
                .doesNotContain("V1__users.sql:", "nick");
        assertThat(neap.run("lint", first, second, "--fail-on", "never").exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void readsTheSchemaOfTheDatabaseThatIsNamedAndLeavesItAlone() throws IOException {
        String sql = file("V1.sql", "SET lock_timeout = '2s';\nALTER TABLE parts ALTER COLUMN code TYPE bigint;\n");
        try (TestDatabase target = TestDatabase.on(TestServer.NEWEST).execute("CREATE TABLE parts (code integer)")) {
            CliHarness.Result result = neap.run("lint", sql, "--url", target.uri(), "--json");
            assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
            assertThat(result.out()).contains("\"rule\" : \"rewriting-type-change\"");
            assertThat(target.one(String.class, "SELECT format_type(atttypid, -1) FROM pg_attribute"
                    + " WHERE attrelid = 'parts'::regclass AND attname = 'code'")).isEqualTo("integer");
        }
    }

    @Test
    void refusesWhatItCantJudge() throws IOException {
        String sql = file("V1.sql", "SET lock_timeout = '2s';\nALTER TABLE parts ALTER COLUMN code TYPE bigint;\n");
        assertThat(neap.run("lint", sql, "--no-shadow").out()).contains("[not-judged]", "--no-shadow");
        assertThat(neap.run("lint", sql, "--postgres-version", "9").out())
                .contains("[not-judged]", "has to run PostgreSQL 9");
        String waived = file("V2.sql", """
                SET lock_timeout = '2s';
                -- neap:allow not-judged: a table of ten rows
                ALTER TABLE parts ALTER COLUMN code TYPE bigint;
                """);
        assertThat(neap.run("lint", waived, "--no-shadow").exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void raisesNoFalseAlarmOverWhatTheShadowLacksByNature() throws IOException {
        String owners = file("V0.sql", """
                SET lock_timeout = '2s';
                ALTER TABLE parts OWNER TO app;
                ALTER TABLE parts DISABLE TRIGGER ALL;
                """);
        String sql = file("V1.sql", """
                SET lock_timeout = '2s';
                ALTER PUBLICATION pub ADD TABLE parts;
                DROP VIEW IF EXISTS nope;
                COPY codes (code) FROM stdin;
                it's one; DROP TABLE parts;
                \\.
                """);
        String rows = file("V2.sql", """
                CREATE TABLE uses (part bigint REFERENCES parts);
                INSERT INTO uses VALUES (2);
                """);
        try (TestDatabase target = TestDatabase.on(TestServer.NEWEST).execute("""
                CREATE TABLE parts (id bigint PRIMARY KEY);
                CREATE TABLE codes (code text, part bigint REFERENCES parts);
                INSERT INTO parts VALUES (2);
                CREATE PUBLICATION pub FOR TABLE codes;
                CREATE SCHEMA neap;
                CREATE FUNCTION neap.sync() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER zzz_neap_sync BEFORE UPDATE ON parts FOR EACH ROW EXECUTE FUNCTION neap.sync();
                """)) {
            assertThat(neap.run("lint", owners, sql, rows, "--url", target.uri()).out())
                    .contains("V0.sql:2:1: error [not-judged]", "permission denied for schema",
                            "V0.sql:3:1: error [not-judged]", "may not do this statement",
                            "V2.sql:2:1: error [not-judged]", "there are no rows")
                    .doesNotContain("V1.sql:", "statement-fails", "note:");
        }
    }

    @Test
    void findsMistakesInChangeFilesWithoutAnyServer() throws IOException {
        String change = file("x.yaml",
                "change: x\ntable: public.users\noperations:\n  - set_not_nul: {column: email}\n");
        CliHarness.Result result = neap.run("lint", change, "--format", "github");
        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.out()).contains("line=4,col=1,title=neap change-file::", "Did you mean set_not_null?");
        String waiver = file("y.yaml", """
                change: y
                table: public.users
                operations:
                  - set_not_null: {column: email}
                lint:
                  allow:
                    - {rule: truncate, reason: nothing is truncated}
                """);
        assertThat(neap.run("lint", waiver).out()).contains("y.yaml:7:1: error [waiver]", "is not needed");
    }

    @Test
    void judgesTheSqlOfChangeFilesAtItsLine() throws IOException {
        String tables = file("V1.sql", "CREATE TABLE users (id bigint PRIMARY KEY, age integer);\n");
        String change = file("z.yaml", """
                change: z
                table: public.users
                operations:
                  - sql:
                      up:
                        - COMMENT ON TABLE users IS 'people'
                        - ALTER TABLE users ALTER COLUMN age TYPE bigint
                      irreversible: nobody wants it back
                """);
        assertThat(neap.run("lint", tables, change).out())
                .contains("z.yaml:7:1: error [rewriting-type-change]",
                        "z.yaml:7:1: error [not-as-declared]",
                        "z.yaml:4:1: warning [irreversible-undocumented]",
                        "2 errors, 1 warning in 2 files.");
    }

    @Test
    void findsNoMistakeInTheExamples() throws IOException {
        try (Stream<Path> jobs = Files.list(Path.of("jobs"))) {
            String[] files = jobs.map(Path::toString)
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toArray(String[]::new);
            String[] arguments = Stream.concat(
                    Stream.of("lint", "--no-shadow"), Stream.of(files))
                    .toArray(String[]::new);
            assertThat(neap.run(arguments).out()).doesNotContain("[change-file]");
        }
    }

    @Test
    void saysWhichFileCantBeRead() throws IOException {
        assertThat(neap.run("lint", "nowhere.sql").err()).contains("nowhere.sql can't be read");
        assertThat(neap.run("lint", file("x.txt", "")).exit()).isEqualTo(ExitCode.USAGE);
        assertThat(neap.run("lint", file("bad.sql", "SELECT 'x")).out()).contains("[statement-fails]", "has no end");
    }
}
