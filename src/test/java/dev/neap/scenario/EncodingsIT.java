package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.plan.Refused;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that lack characters which Neap's own words are made of, or count them otherwise. */
class EncodingsIT {

    private static final ChangeName NAME = new ChangeName("code-number");

    private static final String CHANGE = """
            change: code-number
            table: public.parts
            operations:
              - add_column: {name: number, type: integer, from: code::integer}
            """;

    /** SQL_ASCII counts bytes, and Spring Batch cuts its exit messages by characters. */
    @Test
    void takeMessagesThatAreLongerInBytes() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST, "SQL_ASCII"); InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE parts (id bigint PRIMARY KEY, code text)",
                    "INSERT INTO parts VALUES (1, '7'), (2, repeat('é', 2400))");
            assertThatThrownBy(() -> neap.runs().run(InProcess.change(CHANGE), neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageStartingWith("The row with key 2 of table public.parts can't be changed");
            assertThat(messages(db)).allMatch(text -> text.startsWith("The row with key 2 of table public.parts"));

            db.execute("UPDATE parts SET code = '8' WHERE id = 2");
            assertThat(neap.runs().restart(NAME, neap.watcher()).state()).isEqualTo(RunState.READY);
        }
    }

    /** Of more rows than are named Neap says … at the end. */
    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "EUC_KR", "SQL_ASCII"})
    void sayWhatARunFailedOfInTheCharactersThatTheyHave(String encoding) {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST, encoding); InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE parts (id bigint PRIMARY KEY, code text)",
                    "INSERT INTO parts SELECT i, 'x' FROM generate_series(1, 25) i");
            assertThatThrownBy(() -> neap.runs().run(InProcess.change("""
                    change: code-number
                    table: public.parts
                    operations:
                      - add_check: {name: parts_code_check, check: code <> 'x'}
                    """), neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("; …");
            assertThat(messages(db))
                    .allMatch(text -> text.contains(encoding.equals("LATIN1") ? "; ..." : "; …"));

            db.execute("UPDATE parts SET code = 'y'");
            assertThat(neap.runs().restart(NAME, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
        }
    }

    private static List<String> messages(TestDatabase db) {
        return db.list(
                String.class,
                "SELECT message FROM neap.run UNION ALL SELECT reason FROM neap.transition WHERE to_state = 'FAILED'");
    }

    @Test
    void refuseAChangeFileThatTheyCantKeep() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST, "LATIN1"); InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE parts (id bigint PRIMARY KEY, code text)");

            assertThatThrownBy(() -> neap.runs()
                    .run(InProcess.change(CHANGE.replace("public.parts", "public.parts # … and more")),
                            neap.watcher()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.problems().getFirst().at()).isEqualTo("table"))
                    .hasMessage("Line 2 holds a character (…) that the database's encoding LATIN1 lacks. Write it with"
                            + " others, in comments too: the database keeps the file with the run.");
            assertThat(db.one(Long.class, "SELECT count(*) FROM neap.run")).isZero();

            assertThat(neap.runs()
                    .run(InProcess.change(CHANGE.replace("public.parts", "public.parts # ü")), neap.watcher())
                    .state()).isEqualTo(RunState.READY);
        }
    }
}
