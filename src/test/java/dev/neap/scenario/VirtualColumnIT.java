package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.change.ChangeName;
import dev.neap.plan.Refused;
import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A column that PostgreSQL computes whenever it is read, from 18 on. */
class VirtualColumnIT {

    private static final ChangeName NAME = new ChangeName("lower");

    private static final String CHANGE = """
            change: lower
            table: public.users
            operations: [{add_column: {name: lowered, type: text, from: lower(email), virtual: true}}]
            """;

    private static TestDatabase users(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE users (id int PRIMARY KEY, email text)",
                        "INSERT INTO users VALUES (1, 'Anna')");
    }

    @Test
    void isThereAtOnceAndIsTakenBack() {
        try (TestDatabase db = users(TestServer.NEWEST); InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "users");
            String file = "SELECT pg_relation_filenode('users')::text";
            String written = db.one(String.class, file);
            assertThat(neap.runs().run(InProcess.change(CHANGE), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            db.execute("INSERT INTO users VALUES (2, 'Bea')");
            assertThat(db.list(String.class, "SELECT lowered FROM users ORDER BY id")).containsExactly("anna", "bea");
            assertThat(db.one(String.class, file)).isEqualTo(written);
            assertThat(Residue.in(db)).isEmpty();
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(CatalogDump.of(db, "users")).isEqualTo(before);
        }
    }

    @Test
    void isRefusedBefore18() {
        try (TestDatabase db = users(TestServer.OLDEST); InProcess neap = InProcess.on(db)) {
            refuses(neap, CHANGE, "Virtual columns came with PostgreSQL 18, and this server is 14. Leave virtual out");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "name: lowered, type: text, virtual: true; nothing says what it is computed from",
        "name: lowered, type: text, from: lower(email), not_null: true, virtual: true; reads every row under ACCESS EXCLUSIVE",
        "name: email, type: text, from: lower(email), virtual: true; already has a column email",
        "name: lowered, type: text, from: lowered, virtual: true; does not exist",
        "name: drawn, type: float, from: random(), virtual: true; generation expression is not immutable",
        "name: own, type: text, from: own(email), virtual: true; user-defined function"})
    void isRefusedWhereItCanNotBe(String column, String fact) {
        try (TestDatabase db = users(TestServer.NEWEST); InProcess neap = InProcess.on(db)) {
            db.execute("CREATE FUNCTION own(text) RETURNS text LANGUAGE sql IMMUTABLE RETURN $1");
            refuses(neap, CHANGE.replaceAll("\\{name.*?}", "{" + column + "}"), fact);
        }
    }

    private static void refuses(InProcess neap, String change, String fact) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> neap.runs().run(InProcess.change(change), neap.watcher()))
                .withMessageContaining(fact);
    }
}
