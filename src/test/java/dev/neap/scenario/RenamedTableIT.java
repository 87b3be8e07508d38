package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.plan.Refused;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import dev.neap.run.WindowUse;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What goes on working under a table's old name, and what does not. */
class RenamedTableIT {

    private static final ChangeName NAME = new ChangeName("rename");

    private static final ChangeFile RENAME = InProcess.change("""
            change: rename
            table: public.old
            operations:
              - rename_table: {to: new}
            """);

    private static TestDatabase table(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE old (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE, n int DEFAULT 7)",
                        "INSERT INTO old (email) VALUES ('a')");
    }

    @ParameterizedTest
    @EnumSource
    void oldCodeReadsAndWritesThroughTheView(TestServer server) {
        try (TestDatabase db = table(server); InProcess neap = InProcess.on(db)) {
            neap.runs().run(RENAME, WindowUse.IGNORE, neap.watcher());

            assertThat(db.one(Integer.class, "INSERT INTO old (email) VALUES ('b') RETURNING n")).isEqualTo(7);
            db.execute(
                    "INSERT INTO old (email) VALUES ('b') ON CONFLICT (email) DO UPDATE SET n = 8",
                    "INSERT INTO old (email) VALUES ('c') ON CONFLICT DO NOTHING",
                    "UPDATE old SET n = 9 WHERE email = 'c'",
                    "DELETE FROM old WHERE email = 'a'",
                    "BEGIN; LOCK TABLE old; COMMIT",
                    "SELECT * FROM old FOR UPDATE");
            assertThat(db.list(String.class, "SELECT email || n FROM new ORDER BY id")).containsExactly("b8", "c9");
            assertThatThrownBy(() -> db.execute("TRUNCATE old")).rootCause().hasMessageContaining("table");
            assertThatThrownBy(() -> db
                    .execute("INSERT INTO old (email) VALUES ('d') ON CONFLICT ON CONSTRAINT old_email_key DO NOTHING"))
                    .rootCause()
                    .hasMessageContaining("does not exist");
            assertThatThrownBy(() -> db.execute("CREATE TABLE child (id int REFERENCES old)"))
                    .rootCause()
                    .hasMessageContaining("table");

            assertThat(neap.runs().complete(NAME, WindowUse.IGNORE, neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThatThrownBy(() -> db.execute("SELECT FROM old")).rootCause().hasMessageContaining("does not exist");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoMightUseTheTableMayUseTheView(TestServer server) {
        try (TestDatabase db = table(server); InProcess neap = InProcess.on(db)) {
            String role = db.newRole();
            db.execute("GRANT SELECT (id, email), INSERT (email), DELETE ON old TO " + role);
            neap.runs().run(RENAME, WindowUse.IGNORE, neap.watcher());
            String as = "SET ROLE " + role + "; ";
            assertThatCode(
                    () -> db.execute(as + "INSERT INTO old (email) VALUES ('x'); DELETE FROM old WHERE email = 'x'"))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> db.execute(as + "SELECT n FROM old")).rootCause()
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> db.execute(as + "UPDATE old SET n = 1")).rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowSecurityHoldsThroughTheViewWherePostgresCanDoThat(TestServer server) {
        try (TestDatabase db = table(server); InProcess neap = InProcess.on(db)) {
            String role = db.newRole();
            db.execute(
                    "INSERT INTO old (email) VALUES ('b')", "ALTER TABLE old ENABLE ROW LEVEL SECURITY",
                    "CREATE POLICY own ON old USING (email = 'b')", "GRANT SELECT ON old TO " + role);
            if (server == TestServer.OLDEST) {
                assertThatThrownBy(() -> neap.runs().run(RENAME, WindowUse.IGNORE, neap.watcher()))
                        .hasMessageContaining("would see every row");
                return;
            }
            neap.runs().run(RENAME, WindowUse.IGNORE, neap.watcher());
            assertThat(JdbcClient.create(db.dataSource(role)).sql("SELECT email FROM old").query(String.class).list())
                    .containsExactly("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhoKeepsTheNameAndBothWaysOutWork(TestServer server) {
        Map<String, String> hasty = Map.of("neap.ddl.lock-timeout", "100ms", "neap.ddl.give-up-after", "1s");
        try (TestDatabase db = table(server); InProcess neap = InProcess.on(db, hasty)) {
            try (OtherSession reader = OtherSession.open(db, "report", "SELECT count(*) FROM old")) {
                assertThatThrownBy(() -> neap.runs().run(RENAME, WindowUse.IGNORE, neap.watcher()))
                        .hasMessageContaining("call table public.old new")
                        .hasMessageContaining("report");
            }
            assertThat(neap.runs().run(RENAME, WindowUse.IGNORE, neap.watcher()).state()).isEqualTo(RunState.READY);
            // A second start, and a second rollback, find everything as it is.
            neap.runs().restart(NAME, WindowUse.IGNORE, neap.watcher());
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(db.one(String.class, "SELECT relkind::text FROM pg_class WHERE relname = 'old'")).isEqualTo("r");
            assertThat(db.list(Long.class, "SELECT 1 FROM pg_class WHERE relname = 'new'")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatWouldBreak(TestServer server) {
        try (TestDatabase db = table(server); InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE new (id int)", "CREATE PUBLICATION feed FOR TABLE old");
            assertThatThrownBy(() -> neap.runs().run(RENAME, WindowUse.IGNORE, neap.watcher()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("Schema public already has a relation or type new.")
                    .hasMessageContaining("Table public.old is in publication feed");
            db.execute("CREATE VIEW v AS SELECT * FROM old", "CREATE TABLE child (id int REFERENCES old)");
            assertThatThrownBy(() -> neap.runs().run(InProcess.change("""
                    change: drop
                    table: public.old
                    operations:
                      - drop_table: {}
                    irreversible: {backup: none, retention: none, approval: nobody}
                    """), WindowUse.IGNORE, neap.watcher()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("View public.v depends on table public.old.")
                    .hasMessageContaining(
                            "Constraint child_id_fkey on table public.child depends on table public.old.");
        }
    }
}
