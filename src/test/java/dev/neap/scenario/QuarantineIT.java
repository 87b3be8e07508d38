package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunFailed.Reason;
import dev.neap.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows whose data does not fit what the change wants of them. */
class QuarantineIT {

    private static final int ROWS = 5_000;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void failsAtTheRowAndGoesOnOnceItIsCorrected(TestServer server) {
        try (TestDatabase db = numbers(server, 3_217);
                InProcess neap = InProcess.on(db)) {
            RunFailed failed = failure(neap, divide(0, "strands: 1"));

            assertThat(failed.reason()).isEqualTo(Reason.STEP_FAILED);
            assertThat(failed)
                    .hasMessageContaining("The row with key 3217 of table public.numbers can't be changed")
                    .hasMessageContaining("division by zero (SQLSTATE 22012)")
                    .hasMessageContaining("Correct the row and run the change again")
                    .hasMessageContaining("max_quarantined (now 0)");
            assertThat(db.one(String.class, "SELECT state FROM neap.run")).isEqualTo("FAILED");
            // Everything before it is done and stays so.
            assertThat(count(db, "y IS NOT NULL")).isEqualTo(3_216);

            db.execute("UPDATE numbers SET x = 5 WHERE id = 3217");
            assertThat(neap.runs().run(InProcess.change(divide(0, "")), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "y IS DISTINCT FROM 1000 / x")).isZero();
        }
    }

    @Test
    void failsAtOneRowAfterTheOtherWhileNoneMayBeSetAside() {
        try (TestDatabase db = numbers(TestServer.NEWEST, 1, 2, ROWS);
                InProcess neap = InProcess.on(db)) {
            for (int key : new int[]{1, 2, ROWS}) {
                assertThat(failure(neap, divide(0, ""))).hasMessageContaining("The row with key " + key + " of");
                db.execute("UPDATE numbers SET x = 7 WHERE id = " + key);
            }
            neap.runs().run(InProcess.change(divide(0, "")), neap.watcher());
            assertThat(count(db, "y IS DISTINCT FROM 1000 / x")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void setsAsideExactlyTheRowsThatDoNotFit(TestServer server) {
        try (TestDatabase db = numbers(server, 17, 18, 4_000);
                InProcess neap = InProcess.on(db)) {
            Outcome outcome = neap.runs().run(InProcess.change(divide(5, "")), neap.watcher());

            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(outcome.passes()).first().extracting(Outcome.Pass::quarantined).isEqualTo(3L);
            assertThat(db.list(String.class, "SELECT key::text FROM neap.quarantine ORDER BY key[1]::int"))
                    .containsExactly("{17}", "{18}", "{4000}");
            assertThat(db.list(String.class, "SELECT DISTINCT sqlstate || ' ' || message FROM neap.quarantine"))
                    .containsExactly("22012 division by zero");
            assertThat(count(db, "y IS NULL")).isEqualTo(3);
            assertThat(count(db, "x <> 0 AND y IS DISTINCT FROM 1000 / x")).isZero();
        }
    }

    @Test
    void setsThemAsideInBlockOrderToo() {
        try (TestDatabase db = numbers(TestServer.NEWEST, 17, 18, 4_000);
                InProcess neap = InProcess.on(db)) {
            Outcome outcome = neap.runs().run(InProcess.change(divide(5, "order: block")), neap.watcher());

            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.list(String.class, "SELECT key[1] FROM neap.quarantine ORDER BY key[1]::int"))
                    .containsExactly("17", "18", "4000");
            assertThat(count(db, "x <> 0 AND y IS DISTINCT FROM 1000 / x")).isZero();
            assertThat(count(db, "y IS NULL")).isEqualTo(3);
        }
    }

    @Test
    void setsThemAsideWhereEachRowMayBeChangedOnlyOnce() {
        try (TestDatabase db = numbers(TestServer.NEWEST, 17, 18, 4_000);
                InProcess neap = InProcess.on(db)) {
            String change = """
                    change: count-once
                    table: public.numbers
                    operations: [{backfill: {set: {n: n + 1 + 0 / x}}}]
                    backfill: {max_quarantined: 5}
                    """;
            assertThat(neap.runs().run(InProcess.change(change), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);

            assertThat(db.list(Integer.class, "SELECT id FROM numbers WHERE n = 0 ORDER BY id"))
                    .containsExactly(17, 18, 4_000);
            assertThat(count(db, "n = 1")).isEqualTo(ROWS - 3);
            assertThat(count(db, "n NOT IN (0, 1)")).isZero();
        }
    }

    @Test
    void failsAtTheFirstRowBeyondTheLimitAndNamesThoseSetAside() {
        try (TestDatabase db = numbers(TestServer.NEWEST, 10, 20, 3_000, 4_000);
                InProcess neap = InProcess.on(db)) {
            assertThat(failure(neap, divide(3, "strands: 1")))
                    .hasMessageContaining("The row with key 4000 of")
                    .hasMessageContaining("set aside before: ")
                    .hasMessageContaining("3000: division by zero")
                    .hasMessageContaining("10: division by zero")
                    .hasMessageContaining("max_quarantined (now 3)");
            assertThat(count(db, "y IS NOT NULL")).isEqualTo(3_996);

            // The limit is tuning: it may be raised for the run at hand.
            assertThat(neap.runs().run(InProcess.change(divide(4, "")), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "x <> 0 AND y IS DISTINCT FROM 1000 / x")).isZero();
        }
    }

    @Test
    void triesRowsThatWereSetAsideAgainOnceTheyAreCorrected() {
        try (TestDatabase db = numbers(TestServer.NEWEST, 10, 20, 3_000, 4_000);
                InProcess neap = InProcess.on(db)) {
            failure(neap, divide(3, ""));
            db.execute("UPDATE numbers SET x = 9 WHERE x = 0 AND id <> 20");

            assertThat(neap.runs().run(InProcess.change(divide(3, "")), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(db.list(String.class, "SELECT key[1] FROM neap.quarantine")).containsExactly("20");
            assertThat(count(db, "x <> 0 AND y IS DISTINCT FROM 1000 / x")).isZero();
        }
    }

    @Test
    void findsTheRowOfAConstraintThatIsCheckedAtCommit() {
        try (TestDatabase db = numbers(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE allowed (y int PRIMARY KEY)",
                    "INSERT INTO allowed SELECT DISTINCT 1000 / x FROM numbers WHERE id <> 777",
                    "UPDATE numbers SET x = 1 WHERE id = 777",
                    "DELETE FROM allowed WHERE y = 1000",
                    "UPDATE numbers SET x = 2 WHERE x = 1 AND id <> 777",
                    "INSERT INTO allowed VALUES (500) ON CONFLICT DO NOTHING",
                    "ALTER TABLE numbers ADD FOREIGN KEY (y) REFERENCES allowed DEFERRABLE INITIALLY DEFERRED");
            Outcome outcome = neap.runs().run(InProcess.change(divide(1, "")), neap.watcher());

            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.list(String.class, "SELECT key[1] || ' ' || sqlstate FROM neap.quarantine"))
                    .containsExactly("777 23503");
            assertThat(count(db, "id <> 777 AND y IS DISTINCT FROM 1000 / x")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0001", "SHOP1"})
    void findsTheRowThatATriggerObjectsTo(String code) {
        try (TestDatabase db = numbers(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE FUNCTION object() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                      IF NEW.id = 4321 THEN RAISE EXCEPTION 'row % is closed', NEW.id USING ERRCODE = '<code>'; END IF;
                      RETURN NEW;
                    END $$;
                    CREATE TRIGGER object BEFORE UPDATE ON numbers FOR EACH ROW EXECUTE FUNCTION object()"""
                    .replace("<code>", code));
            assertThat(failure(neap, divide(0, "")))
                    .hasMessageContaining("The row with key 4321 of table public.numbers can't be changed")
                    .hasMessageContaining("row 4321 is closed (SQLSTATE " + code + ")");
            assertThat(neap.runs().run(InProcess.change(divide(1, "")), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "id <> 4321 AND y IS DISTINCT FROM 1000 / x")).isZero();
        }
    }

    @Test
    void findsARowInLogarithmicallyManyTries() {
        try (TestDatabase db = numbers(TestServer.NEWEST, 3_217);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE SEQUENCE tries", """
                    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN PERFORM nextval('tries'); RETURN NULL; END $$;
                    CREATE TRIGGER note BEFORE UPDATE ON numbers FOR EACH STATEMENT EXECUTE FUNCTION note()""");
            failure(neap, divide(0, ""));

            // A chunk has 2,000 rows or a little more to begin with: eleven halvings, and as many pieces that pass.
            assertThat(db.one(Long.class, "SELECT last_value FROM tries")).isBetween(11L, 40L);
        }
    }

    private static RunFailed failure(InProcess neap, String change) {
        return assertThatExceptionOfType(RunFailed.class)
                .isThrownBy(() -> neap.runs().run(InProcess.change(change), neap.watcher()))
                .actual();
    }

    private static String divide(int maxQuarantined, String more) {
        return """
                change: divide
                table: public.numbers
                operations: [{backfill: {set: {y: 1000 / x}}}]
                backfill: {max_quarantined: %d%s}
                """
                .formatted(maxQuarantined, more.isEmpty() ? "" : ", " + more);
    }

    private static long count(TestDatabase db, String condition) {
        return db.one(Long.class, "SELECT count(*) FROM numbers WHERE " + condition);
    }

    /** Rows 1 to {@link #ROWS}; x is 0 in the poison ones. */
    private static TestDatabase numbers(TestServer server, int... poison) {
        TestDatabase db = TestDatabase.on(server);
        db.execute(
                "CREATE TABLE numbers (id int PRIMARY KEY, x int NOT NULL, y int, n int NOT NULL DEFAULT 0)",
                "INSERT INTO numbers SELECT i, 1 + i %% 50 FROM generate_series(1, %d) i".formatted(ROWS),
                "ANALYZE numbers");
        for (int key : poison) {
            db.execute("UPDATE numbers SET x = 0 WHERE id = " + key);
        }
        return db;
    }
}
