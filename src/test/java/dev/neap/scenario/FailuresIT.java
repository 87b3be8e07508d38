package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.plan.Refused;
import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that a constraint can't have turn up while a change runs: they are shown, and both ways out are open. */
class FailuresIT {

    private static final ChangeName NAME = new ChangeName("failing");

    /**
     * @param operation whose step fails, or whose undoing
     * @param offend SQL that makes it fail
     * @param shown what must be said
     * @param mend SQL that lets it pass
     */
    record Case(String operation, String offend, List<String> shown, String mend) {

        String yaml() {
            return """
                    change: failing
                    table: public.t
                    operations:
                      - add_column: {name: extra, type: text}
                      - %s
                    """.formatted(operation);
        }

        @Override
        public String toString() {
            return operation.replaceFirst(":.*", "");
        }
    }

    private static final List<Case> FORWARD = List.of(
            new Case(
                    "add_check: {name: t_n_check, check: n >= 0}",
                    "UPDATE t SET n = -5 WHERE id = 3",
                    List.of("Rows that break check t_n_check (1): (id)=(3) with (n)=(-5). Correct them, and run the change",
                            "or roll it back"),
                    "UPDATE t SET n = 5 WHERE id = 3"),
            new Case(
                    "add_unique: {name: t_n_key, columns: [n]}",
                    "UPDATE t SET n = 7 WHERE id IN (8, 9)",
                    List.of("Values of (n) that more than one row has (1): (n)=(7) in 3 rows, such as (id)=(7) and (id)=(9)"),
                    "UPDATE t SET n = id WHERE id IN (8, 9)"),
            new Case(
                    "create_index: {name: t_n_idx, columns: [n], unique: true}",
                    "UPDATE t SET n = 7 WHERE id = 8",
                    List.of("(n)=(7) in 2 rows, such as (id)=(7) and (id)=(8)"),
                    "UPDATE t SET n = 8 WHERE id = 8"),
            new Case(
                    "add_foreign_key: {name: t_p_fkey, columns: [p], references: {table: public.p, columns: [id]}}",
                    "DELETE FROM p WHERE id = 99; UPDATE t SET p = 99 WHERE id = 4",
                    List.of("Rows without their row in public.p (1): (id)=(4) with (p)=(99). Insert the missing rows"),
                    "INSERT INTO p VALUES (99) ON CONFLICT DO NOTHING"),
            new Case(
                    "set_not_null: {column: n}",
                    "UPDATE t SET n = NULL WHERE id = 6",
                    List.of("Rows whose n is NULL (1): (id)=(6). Give them a value"),
                    "UPDATE t SET n = 6 WHERE id = 6"));

    private static final List<Case> BACKWARD = List.of(
            new Case(
                    "drop_not_null: {column: code}",
                    "UPDATE t SET code = NULL WHERE id = 6",
                    List.of("Rows whose code is NULL (1): (id)=(6)", "roll the change back again"),
                    "UPDATE t SET code = 6 WHERE id = 6"),
            new Case(
                    "drop_constraint: {name: t_code_check}",
                    "UPDATE t SET code = -1 WHERE id = 6",
                    List.of("Rows that break check t_code_check (1): (id)=(6) with (code)=(-1)"),
                    "UPDATE t SET code = 6 WHERE id = 6"),
            new Case(
                    "drop_constraint: {name: t_code_key}",
                    "UPDATE t SET code = 7 WHERE id = 6",
                    List.of("(code)=(7) in 2 rows, such as (id)=(6) and (id)=(7)", "roll the change back again"),
                    "UPDATE t SET code = 6 WHERE id = 6"),
            new Case(
                    "drop_constraint: {name: t_q_fkey}",
                    "UPDATE t SET q = 77 WHERE id = 6",
                    List.of("Rows without their row in public.p (1): (id)=(6) with (q)=(77). Insert the missing rows",
                            "roll the change back again"),
                    "UPDATE t SET q = 1 WHERE id = 6"),
            new Case(
                    "drop_index: {name: t_lower_idx}",
                    "UPDATE t SET word = 'WORD 7' WHERE id = 6",
                    List.of("Key (lower(word))=(word 7) is duplicated"),
                    "UPDATE t SET word = 'word 6' WHERE id = 6"));

    static Stream<Arguments> forward() {
        return on(FORWARD);
    }

    static Stream<Arguments> backward() {
        return on(BACKWARD);
    }

    /** Where NULLs are concerned, versions differ. */
    private static Stream<Arguments> on(List<Case> cases) {
        return cases.stream()
                .flatMap(one -> Arrays.stream(TestServer.values())
                        .filter(server -> server == TestServer.NEWEST || one.operation().contains("not_null"))
                        .map(server -> Arguments.of(one, server)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("forward")
    void rowsThatTurnUpMeanwhileAreShownAndTheRunGoesOnOrBack(Case failing, TestServer server) {
        try (TestDatabase db = prepared(server);
                InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "public.t");
            neap.onEvent("add column extra", () -> db.execute(failing.offend()));

            assertFails(failing, () -> neap.runs().run(InProcess.change(failing.yaml()), neap.watcher()));
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(CatalogDump.of(db, "public.t")).isEqualTo(before);
            assertThat(Residue.in(db)).isEmpty();

            db.execute(failing.mend());
            assertFails(failing, () -> neap.runs().run(InProcess.change(failing.yaml()), neap.watcher()));
            db.execute(failing.mend());
            assertThat(neap.runs().run(InProcess.change(failing.yaml()), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(db.list(String.class, "SELECT conname::text FROM pg_constraint WHERE NOT convalidated"))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("backward")
    void rowsThatAreFreeMeanwhileKeepARollbackWaiting(Case failing, TestServer server) {
        try (TestDatabase db = prepared(server);
                InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "public.t");
            neap.runs().run(InProcess.change(failing.yaml()), neap.watcher());
            db.execute(failing.offend());

            assertFails(failing, () -> neap.runs().rollback(NAME, neap.watcher()));
            db.execute(failing.mend());
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(CatalogDump.of(db, "public.t")).isEqualTo(before);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPrimaryKeyNeedsNeitherNullsNorDuplicates(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (a int, b int NOT NULL); INSERT INTO t VALUES (1, 1), (1, 1), (NULL, 2)");
            List<String> before = CatalogDump.of(db, "public.t");
            var change = InProcess.change("""
                    change: failing
                    table: public.t
                    operations:
                      - add_primary_key: {columns: [a, b]}
                    """);

            assertThatThrownBy(() -> neap.runs().run(change, neap.watcher())).isInstanceOf(Refused.class)
                    .hasMessageContaining("(a, b)=(1, 1) in 2 rows, such as (ctid)=(0,1) and (ctid)=(0,2)");
            db.execute("DELETE FROM t WHERE ctid = '(0,2)'");
            assertThatThrownBy(() -> neap.runs().run(change, neap.watcher())).isInstanceOf(RunFailed.class)
                    .hasMessageContaining("Rows whose a is NULL (1): (ctid)=(0,3)");
            db.execute("DELETE FROM t WHERE a IS NULL");
            assertThat(neap.runs().run(change, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.one(String.class, "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                    + " WHERE contype = 'p' AND conrelid = 'public.t'::regclass"))
                    .isEqualTo("PRIMARY KEY (a, b)");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(CatalogDump.of(db, "public.t")).isEqualTo(before);
        }
    }

    private static void assertFails(Case failing, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOf(RunFailed.class)
                .satisfies(failure -> failing.shown().forEach(text -> assertThat(failure).hasMessageContaining(text)));
    }

    private static TestDatabase prepared(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        """
                                CREATE TABLE p (id int PRIMARY KEY);
                                INSERT INTO p VALUES (1);
                                CREATE TABLE t (
                                  id int PRIMARY KEY, n int, p int, q int, word text,
                                  code int NOT NULL CONSTRAINT t_code_check CHECK (code > 0)
                                    CONSTRAINT t_code_key UNIQUE DEFERRABLE INITIALLY DEFERRED,
                                  CONSTRAINT t_q_fkey FOREIGN KEY (q) REFERENCES p (id) ON DELETE SET NULL);
                                COMMENT ON CONSTRAINT t_code_check ON t IS 'no code is negative';
                                CREATE UNIQUE INDEX t_lower_idx ON t (lower(word)) WITH (fillfactor = 80);
                                COMMENT ON INDEX t_lower_idx IS 'words are told apart';
                                INSERT INTO t SELECT i, i, 1, 1, 'word ' || i, i FROM generate_series(1, 10) i;""");
    }
}
