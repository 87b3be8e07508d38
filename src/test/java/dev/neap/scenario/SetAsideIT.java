package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.change.ChangeName;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Consent;
import dev.neap.run.RunFailed;
import dev.neap.run.RunFailed.Reason;
import dev.neap.run.RunState;
import dev.neap.run.WindowUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What rows that were set aside hold does not go with the column that is dropped, unless somebody says so. */
class SetAsideIT {

    private static final ChangeName NAME = new ChangeName("codes");

    private static final Consent MENDED = new Consent("by a test", false, true);

    private static final String RETYPED = "operations: [{change_type: {column: code, type: integer, using: 'code::integer'}}]";

    private static final String SPLIT = """
            operations:
              - split_column:
                  column: code
                  into: [{name: number, type: integer, from: code::integer}]
                  reverse: number::text
            """;

    private static final String COMPUTED = """
            operations: [{add_column: {name: number, type: integer, from: code::integer}}]
            contract: [{drop_column: {name: code}}]
            """;

    private static InProcess ready(TestDatabase db, String operations) {
        db.execute(
                "CREATE TABLE items (id int PRIMARY KEY, code text)",
                "INSERT INTO items SELECT i, i FROM generate_series(1, 3000) i",
                "UPDATE items SET code = 'x' WHERE id IN (17, 1234)",
                "ANALYZE items");
        InProcess neap = InProcess.on(db);
        assertThat(neap.runs().run(InProcess.change("""
                change: codes
                table: public.items
                %s
                backfill: {max_quarantined: 5}
                irreversible: {backup: none, retention: none, approval: a test}
                """.formatted(operations.strip())), neap.watcher()).state()).isEqualTo(RunState.READY);
        return neap;
    }

    private static RunFailed refusal(InProcess neap, Consent consent) {
        return assertThatExceptionOfType(RunFailed.class)
                .isThrownBy(() -> neap.runs().complete(NAME, WindowUse.IGNORE, consent, neap.watcher()))
                .actual();
    }

    private static void completes(InProcess neap) {
        assertThat(neap.runs().complete(NAME, WindowUse.IGNORE, MENDED, neap.watcher()).state())
                .isEqualTo(RunState.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void isAskedForOnceMoreBeforeAnythingIsDropped(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server); InProcess neap = ready(db, COMPUTED)) {
            RunFailed failed = refusal(neap, Consent.OF_PROGRAM);
            assertThat(failed.reason()).isEqualTo(Reason.WRONG_STATE);
            assertThat(failed)
                    .hasMessage(
                            "2 rows were set aside because their data did not fit, and completing codes drops what may"
                                    + " be all that they hold. neap history codes shows them. Mend them; then say so with: neap"
                                    + " complete codes --set-aside");
            assertThat(db.one(String.class, "SELECT code FROM items WHERE id = 17")).isEqualTo("x");

            db.execute("UPDATE items SET number = -1 WHERE code = 'x'");
            completes(neap);
            assertThat(db.one(Integer.class, "SELECT number FROM items WHERE id = 17")).isEqualTo(-1);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    /** The values could be converted, but a check refuses the rows; and the expression is none that can be looked at. */
    @Test
    void isAskedForWhereTheNewTypeHoldsAllThatTheOldOneDid() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST); InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE items (id int PRIMARY KEY, n int[], price int)",
                    "INSERT INTO items SELECT i, ARRAY[i], CASE i WHEN 17 THEN -1 ELSE i END FROM generate_series(1, 300) i",
                    "ALTER TABLE items ADD CHECK (price > 0) NOT VALID");
            assertThat(neap.runs().run(InProcess.change("""
                    change: codes
                    table: public.items
                    operations: [{change_type: {column: n, type: "text[]", using: "n::text[]", reverse: "n::int[]"}}]
                    backfill: {max_quarantined: 5}
                    """), neap.watcher()).state()).isEqualTo(RunState.READY);
            assertThat(refusal(neap, Consent.OF_PROGRAM)).hasMessageStartingWith("1 row was set aside");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void keepsTheOldTypeUntilEachRowHasTheNewOne(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server); InProcess neap = ready(db, RETYPED)) {
            mustBeMended(db, neap, "17");
            db.execute("UPDATE items SET code = 70 WHERE id = 17");
            mustBeMended(db, neap, "1234");
            String old = db.one(
                    String.class,
                    "SELECT attname::text FROM pg_attribute WHERE attrelid = 'items'::regclass AND attname LIKE 'code_neap_old%'");
            db.execute("UPDATE items SET " + old + " = NULL WHERE id = 1234");
            completes(neap);
            assertThat(db.list(Integer.class, "SELECT coalesce(code, 0) FROM items WHERE id IN (17, 1234) ORDER BY id"))
                    .containsExactly(70, 0);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void keepsTheOldColumnsUntilTheNewOnesHoldTheSame(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server); InProcess neap = ready(db, SPLIT)) {
            mustBeMended(db, neap, "17");
            db.execute("UPDATE items SET code = '70' WHERE id = 17", "UPDATE items SET code = '71' WHERE id = 1234");
            completes(neap);
            assertThat(db.list(Integer.class, "SELECT number FROM items WHERE id IN (17, 1234) ORDER BY id"))
                    .containsExactly(70, 71);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    private static void mustBeMended(TestDatabase db, InProcess neap, String key) {
        assertThat(refusal(neap, MENDED))
                .hasMessageStartingWith("The row with key " + key + " of table public.items can't be compared")
                .hasMessageContaining("invalid input syntax for type integer: \"x\" (SQLSTATE 22P02)")
                .hasMessageContaining("the contract has not begun");
        assertThat(db.one(String.class, "SELECT state FROM neap.run")).isEqualTo("READY");
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void seesWhatWasWrittenAroundTheTriggersBeforeTheOldTypeGoes(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server); InProcess neap = ready(db, RETYPED)) {
            db.execute(
                    "UPDATE items SET code = 5 WHERE id IN (17, 1234)",
                    "ALTER TABLE items DISABLE TRIGGER USER",
                    "UPDATE items SET code = 4 WHERE id = 99",
                    "ALTER TABLE items ENABLE TRIGGER USER");
            assertThat(refusal(neap, MENDED))
                    .hasMessageStartingWith("The row with key 99 of table public.items is not as it must be: column")
                    .hasMessageContaining("the contract has not begun");
            assertThat(neap.runs().rollback(NAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
            assertThat(db.list(String.class, "SELECT code FROM items WHERE id IN (17, 99, 1234) ORDER BY id"))
                    .containsExactly("5", "99", "5");
            assertThat(Residue.in(db)).isEmpty();
        }
    }
}
