package dev.neap.plan;

import static dev.neap.plan.Plans.ddl;
import static dev.neap.plan.Plans.plan;
import static dev.neap.plan.Plans.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Fact;
import dev.neap.change.Problem;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.RelationLock;
import dev.neap.step.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSqlTest {

    @Test
    void runsAllStatementsInOneTransactionAndTakesThemBack() {
        DdlStep step = step("up: ['COMMENT ON TABLE users IS NULL; ALTER TABLE users SET (fillfactor = 90)'],"
                + " down: [ALTER TABLE users RESET (fillfactor)]");

        assertThat(step.sql())
                .containsExactly("COMMENT ON TABLE users IS NULL", "ALTER TABLE users SET (fillfactor = 90)");
        assertThat(step.title()).isEqualTo("run COMMENT ON TABLE users IS NULL");
        assertThat(step.phase()).isEqualTo(Phase.EXPAND);
        assertThat(step.conduct()).isEqualTo(Conduct.TRANSACTION);
        assertThat(step.lock()).isEqualTo(Lock.ACCESS_EXCLUSIVE);
        assertThat(step.work()).isEqualTo(Work.CATALOG);
        assertThat(step.doneWhen()).isEqualTo(new Fact.Recorded());
        assertThat(step.undo().orElseThrow().sql()).containsExactly("ALTER TABLE users RESET (fillfactor)");
        assertThat(step.undo().orElseThrow().undoneWhen()).isEqualTo(new Fact.Recorded());
    }

    @Test
    void saysWhatTheAuthorSaysOfItsCost() {
        DdlStep step = step("up: [ALTER TABLE a VALIDATE CONSTRAINT c], down: [SELECT 1], lock: share_update_exclusive,"
                + " work: scan, done_when: 'true', also_locks: {public.b: row_share}");

        assertThat(step.lock()).isEqualTo(Lock.SHARE_UPDATE_EXCLUSIVE);
        assertThat(step.work()).isEqualTo(Work.SCAN);
        assertThat(step.others()).containsExactly(
                new RelationLock(QualifiedName.of("public", "b"), Lock.ROW_SHARE, Work.SCAN));
        assertThat(step.doneWhen()).isEqualTo(new Fact.Says("SELECT (true)", "done_when"));
        assertThat(step.undo().orElseThrow().undoneWhen()).isEqualTo(step.doneWhen().negated());
    }

    @Test
    void needsNoMoreThanALockOfWritersToWriteRows() {
        assertThat(step("up: [INSERT INTO settings VALUES (1)], down: [DELETE FROM settings WHERE id = 1]").lock())
                .isEqualTo(Lock.ROW_EXCLUSIVE);
    }

    @Test
    void runsEachByItselfOutsideOfTransactions() {
        DdlStep step = step(
                "transaction: none, up: [DROP INDEX CONCURRENTLY i, CREATE INDEX CONCURRENTLY i ON users (id)],"
                        + " down: [DROP INDEX CONCURRENTLY i], work: index_build, done_when: 'true'");

        assertThat(step.conduct()).isEqualTo(Conduct.CONCURRENT);
        assertThat(step.lock()).isEqualTo(Lock.SHARE_UPDATE_EXCLUSIVE);
        assertThat(step.undo().orElseThrow().conduct()).isEqualTo(Conduct.CONCURRENT);
    }

    @Test
    void waitsForTheCommandThatCompletes() {
        Plan plan = plan(
                Tables.users(),
                "contract: [{sql: {up: [DROP FUNCTION f()], irreversible: nobody needs it}}]\n" + Plans.NOTE);

        assertThat(plan.afterGate()).hasSize(1);
        assertThat(plan.gate()).contains("run DROP FUNCTION f()");
        assertThat(plan.losses()).containsExactly("nobody needs it");
    }

    @Test
    void isRefusedWithoutTheNoteWhereThereIsNoWayBack() {
        assertThat(refusals(Tables.users(), "operations: [{sql: {up: [SELECT 1], irreversible: none}}]"))
                .extracting(Problem::at)
                .containsExactly("operations[0].sql");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "up: [SELECT 1] | | Nothing says how these statements are taken back",
        "up: [SELECT 1], down: [SELECT 1], irreversible: no | | both a down and an irreversible",
        "up: [SELECT 1], down: [SELECT 1], phase: contract | .down | never taken back",
        "up: ['SELECT ''open'], down: [SELECT 1] | .up[0] | The text that begins in line 1 has no end",
        "up: ['-- nothing'], down: [SELECT 1] | .up[0] | It holds no statement",
        "up: [BEGIN], down: [SELECT 1] | .up[0] | BEGIN begins or ends a transaction",
        "up: [SET work_mem = '1GB'], down: [SELECT 1] | .up[0] | SET outlives the step",
        "up: [LISTEN x], down: [SELECT 1] | .up[0] | LISTEN is nothing",
        "up: [DROP VIEW v, DELETE FROM t], down: [SELECT 1] | .up | changes structure and rows in one step",
        "up: [SELECT 1], down: [DROP VIEW v; DELETE FROM t] | .down | changes structure and rows in one step",
        "up: [VACUUM t], down: [SELECT 1] | .up[0] | refuses this VACUUM in a transaction",
        "up: [DROP VIEW v], down: [VACUUM t], transaction: none, done_when: 'true' | .up[0] | needs no transaction: none",
        "up: [VACUUM t], down: [VACUUM t], transaction: none | .done_when | Nothing would tell after a crash",
        "up: [SELECT 1], down: [SELECT 1], work: scan | .done_when | Nothing would tell after a crash",
        "up: [SELECT 1], down: [SELECT 1], done_when: 'true; DROP TABLE t' | .done_when | not one SQL expression",
        "up: [ALTER ROLE a PASSWORD 'x'], down: [SELECT 1] | .up[0] | It holds a password"
    })
    void isRefusedAtItsPlace(String keys, String at, String fact) {
        assertThat(refusals(Tables.users(), "operations:\n  - sql: {" + keys + "}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.at()).isEqualTo("operations[0].sql" + (at == null ? "" : at));
                    assertThat(problem.fact()).contains(fact).doesNotContain("'x'");
                });
    }

    private static DdlStep step(String keys) {
        return ddl(plan(Tables.users(), "operations:\n  - sql: {" + keys + "}"), "sql");
    }
}
