package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** While an old snapshot keeps PostgreSQL from pruning, visiting pages several times gains nothing. */
class OldSnapshotIT {

    private static final int ROWS = 30_000;

    @Test
    void tellsWhoIsInTheWayAndGoesOnInPlainRanges() throws SQLException {
        try (TestDatabase db = people();
                InProcess neap = InProcess.on(db);
                Connection old = db.connect();
                Statement statement = old.createStatement()) {
            holdSnapshot(statement);

            Outcome outcome = neap.runs().run(InProcess.change(change("plain")), neap.watcher());

            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(neap.events())
                    .anyMatch(line -> line.startsWith("rows find no room on their pages: session ")
                            && line.contains("keeps PostgreSQL from pruning; going on in plain ranges"));
            assertThat(wrong(db)).isZero();
        }
    }

    @Test
    void holdsUntilItIsGoneWhereThatIsAskedFor() throws SQLException {
        try (TestDatabase db = people();
                InProcess neap = InProcess.on(db);
                Connection old = db.connect();
                Statement statement = old.createStatement()) {
            holdSnapshot(statement);

            CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(
                    () -> neap.runs().run(InProcess.change(change("wait")), neap.watcher()));
            while (neap.waits().stream().noneMatch(reason -> reason.contains("keeps PostgreSQL from pruning"))) {
                assertThat(run).isNotDone();
                Thread.onSpinWait();
            }
            assertThat(wrong(db)).isPositive();
            statement.execute("COMMIT");

            assertThat(run.join().state()).isEqualTo(RunState.COMPLETED);
            assertThat(wrong(db)).isZero();
        }
    }

    private static void holdSnapshot(Statement statement) throws SQLException {
        statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
        statement.execute("SELECT count(*) FROM pg_class");
        // Younger ones are taken for those of a moment.
        statement.execute("SELECT pg_sleep(2.1)");
    }

    private static TestDatabase people() {
        TestDatabase db = TestDatabase.on(TestServer.NEWEST);
        db.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, name text, tidy text)",
                "INSERT INTO people SELECT i, '  Name ' || i || repeat('x', 150) FROM generate_series(1, %d) i"
                        .formatted(ROWS),
                "CREATE INDEX ON people (name)",
                "VACUUM ANALYZE people");
        return db;
    }

    private static long wrong(TestDatabase db) {
        return db.one(Long.class, "SELECT count(*) FROM people WHERE tidy IS DISTINCT FROM left(trim(name), 20)");
    }

    private static String change(String oldSnapshot) {
        return """
                change: tidy
                table: public.people
                operations: [{backfill: {set: {tidy: "left(trim(name), 20)"}}}]
                backfill: {old_snapshot: %s}
                """
                .formatted(oldSnapshot);
    }
}
