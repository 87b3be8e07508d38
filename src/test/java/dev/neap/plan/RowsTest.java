package dev.neap.plan;

import static dev.neap.plan.Plans.ddl;
import static dev.neap.plan.Plans.lines;
import static dev.neap.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Answers.Renamed;
import dev.neap.catalog.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How rows are brought to what a change says, and kept so while it runs. */
class RowsTest {

    private static final String ADD = "operations[0].add_column";

    private static Tables computed() {
        return Tables.users().typed(ADD, "text").immutable(ADD + ".from", "email");
    }

    @Test
    void comparesRowsWhereDoingOneAgainChangesNothing() {
        String at = "operations[0].backfill.";
        Plan plan = plan(
                Tables.users()
                        .column("status", "text")
                        .column("note", "json")
                        .immutable(at + "set.status", "email")
                        .incomparable(at + "set.note")
                        .immutable(at + "where", "status"),
                "operations: [{backfill: {set: {status: email, note: \"'{}'\"}, where: status IS NULL}}]");

        assertThat(lines(plan))
                .filteredOn(line -> !line.startsWith("01-follow"))
                .containsExactly(
                        "02-backfill: CONVERGENT SET status = email, note = '{}' WHERE (status IS NULL) AND (status IS"
                                + " DISTINCT FROM CAST((email) AS text) OR note::text IS DISTINCT FROM CAST(('{}') AS"
                                + " json)::text)",
                        "03-verify: rows of the backfill",
                        "04-drop-follow: DROP TRIGGER IF EXISTS zzz_neap_move_2d711642_1 ON public.users",
                        "04-drop-follow: DROP FUNCTION IF EXISTS neap.move_2d711642_1()");
    }

    @Test
    void followsARowThatIsPendingAndChangesItsKey() {
        List<String> sql = follow(activated(), "");

        assertThat(sql.get(1)).endsWith(
                """
                         AS $neap$
                        #variable_conflict use_column
                        BEGIN
                          IF EXISTS (SELECT FROM (SELECT OLD.*) AS users WHERE status IS DISTINCT FROM CAST(('on') AS text)) THEN\
                         UPDATE public.users SET status = 'on' WHERE (id) = (NEW.id) AND (status IS DISTINCT FROM\
                         CAST(('on') AS text)); END IF;
                          RETURN NULL;
                        EXCEPTION WHEN OTHERS THEN
                          RETURN NULL;
                        END
                        $neap$""");
        assertThat(sql.get(2))
                .isEqualTo(
                        "CREATE TRIGGER zzz_neap_move_2d711642_1 AFTER UPDATE OF id ON public.users FOR EACH ROW WHEN"
                                + " ((OLD.id) IS DISTINCT FROM (NEW.id)) EXECUTE FUNCTION neap.move_2d711642_1()");
    }

    @Test
    void followsBeforeTheUpdateWhereItMayTakeTheRowToAnotherPartition() {
        List<String> sql = follow(activated().partitioned(), "");

        assertThat(sql.get(1)).endsWith(
                """
                         AS $neap$
                        #variable_conflict use_column
                        DECLARE
                          neap_given record;
                        BEGIN
                          neap_given := NEW;
                          IF EXISTS (SELECT FROM (SELECT OLD.*) AS users WHERE status IS DISTINCT FROM CAST(('on') AS text))
                              AND EXISTS (SELECT FROM (SELECT NEW.*) AS users WHERE status IS DISTINCT FROM CAST(('on') AS text)) THEN
                            SELECT ('on') INTO NEW.status FROM (SELECT NEW.*) AS users;
                          END IF;
                          RETURN NEW;
                        EXCEPTION WHEN OTHERS THEN
                          RETURN neap_given;
                        END
                        $neap$""");
        assertThat(sql.get(2)).contains(" BEFORE UPDATE OF id ON public.users ");
    }

    @Test
    void followsAnyPendingRowThatOthersUpdateWhereRowsAreVisitedByBlock() {
        List<String> sql = follow(activated(), "backfill: {order: block}");

        // It updates the row itself, which must not call it again.
        assertThat(sql.get(1))
                .contains(" SET neap.follows = 'on' AS ")
                .contains("UPDATE public.users SET status = 'on' WHERE ctid = NEW.ctid AND");
        assertThat(sql.get(2))
                .contains("AFTER UPDATE ON public.users FOR EACH ROW WHEN ((current_setting('neap.change', true) IS"
                        + " DISTINCT FROM 'x' OR pg_trigger_depth() > 0) AND current_setting('neap.follows', true) IS"
                        + " DISTINCT FROM 'on')");
    }

    @Test
    void looksOnlyAtTheNewRowWhereColumnsAreGeneratedAfterTheTrigger() {
        List<String> sql = follow(activated().of(Column.Origin.GENERATED, "g", "integer"), "");

        assertThat(sql.get(1))
                .contains("  UPDATE public.users SET status = 'on' WHERE (id) = (NEW.id) AND (status IS DISTINCT FROM");
        assertThat(sql.get(2)).contains(" AFTER UPDATE OF id ON public.users ");
    }

    private static Tables activated() {
        return Tables.users().column("status", "text").immutable("operations[0].backfill.set.status");
    }

    private static List<String> follow(Tables tables, String options) {
        return ddl(plan(tables, "operations: [{backfill: {set: {status: \"'on'\"}}}]\n" + options), "follow").sql();
    }

    @Test
    void verifiesATransformByTransformingAgain() {
        Plan plan = plan(
                Tables.users().column("a", "text").immutable("operations[0].transform.where", "a"),
                "operations: [{transform: {class: a.B, reads: [email], writes: [a], where: a IS NULL}}]");

        assertThat(lines(plan))
                .filteredOn(line -> !line.contains("follow"))
                .containsExactly(
                        "02-transform: CONVERGENT SET a = a WHERE a IS NULL",
                        "03-verify: rows of the backfill",
                        "04-moved: rows that moved, until there is none");
        assertThat(plan.steps().get(1).step().title()).isEqualTo("transform a by B where a IS NULL");
    }

    @Test
    void notesARowThatMovesWhileNoTriggerCanDoItsWork() {
        Tables tables = Tables.users().immutable("operations[0].delete.where", "email");
        String delete = "operations: [{delete: {where: email IS NULL}}]\n" + Plans.NOTE;

        assertThat(ddl(plan(tables, delete), "follow").sql().get(1)).endsWith("""
                  BEGIN
                    neap_wanted := EXISTS (SELECT FROM (SELECT OLD.*) AS users WHERE email IS NULL)
                        AND EXISTS (SELECT FROM (SELECT NEW.*) AS users WHERE email IS NULL);
                  EXCEPTION WHEN OTHERS THEN
                    neap_wanted := true;
                  END;
                  IF neap_wanted THEN
                    INSERT INTO neap.moved (change, step, key) VALUES ('x', '02-delete', ARRAY[NEW.id::text]);
                  END IF;
                  RETURN NEW;
                END
                $neap$""");
        assertThat(ddl(plan(tables.partitioned(), delete), "follow").sql().get(2)).contains(" BEFORE UPDATE OF id ON ");
    }

    @Test
    void guardsABackfillThatMayNotDoARowTwice() {
        Plan plan = plan(
                Tables.users().column("n", "integer").immutable("operations[0].backfill.set.n", "n"),
                "operations: [{backfill: {set: {n: n + 1}}}]");

        assertThat(plan.steps().stream().map(planned -> planned.id().value()))
                .containsExactly("01-guard", "02-backfill", "03-drop-guard");
        assertThat(lines(plan)).contains("02-backfill: ONCE SET n = n + 1");
        // The end is frozen last, under the lock: whatever was there before has been counted, whatever comes is followed.
        assertThat(ddl(plan, "guard").sql()).hasSize(8).last().asString().isEqualTo("""
                UPDATE neap.checkpoint SET upper = (SELECT ARRAY[id::text] FROM public.users ORDER BY id DESC LIMIT 1)
                 WHERE change = 'x' AND step = '02-backfill' AND upper IS NULL AND NOT finished""");
    }

    @Test
    void aVolatileOrSelfReadingValueMakesABackfillExactlyOnce() {
        String at = "operations[0].backfill.set.email";

        assertThat(lines(plan(Tables.users().volatileAt(at), "operations: [{backfill: {set: {email: now()}}}]")))
                .anyMatch(line -> line.contains("ONCE SET email"));
        assertThat(lines(plan(Tables.users().immutable(at, "id"), "operations: [{backfill: {set: {email: id}}}]")))
                .anyMatch(line -> line.contains("CONVERGENT SET email"));
    }

    @Test
    void writesEachRowOnceForAllOperationsTogether() {
        Plan plan = plan(
                computed().immutable("operations[1].set_not_null.fill"),
                """
                        operations:
                          - add_column: {name: mail, type: text, from: lower(email)}
                          - set_not_null: {column: email, fill: "''"}
                        """);

        assertThat(lines(plan))
                .filteredOn(line -> line.contains("-backfill: "))
                .containsExactly("03-backfill: CONVERGENT SET mail = lower(email), email = CASE WHEN email IS NULL THEN"
                        + " ('') ELSE email END WHERE (mail IS DISTINCT FROM CAST((lower(email)) AS text)) OR (email IS"
                        + " NULL)");
    }

    @Test
    void comparesOldAndNewRowWhereAnotherTriggerMayChangeThem() {
        Plan plan = plan(
                computed().beforeUpdateTrigger("tidy_email"),
                "operations: [{add_column: {name: mail, type: text, from: lower(email)}}]");

        assertThat(ddl(plan, "sync").sql().get(3))
                .isEqualTo("CREATE TRIGGER zzz_neap_sync_update_2d711642 BEFORE UPDATE ON public.users FOR EACH ROW"
                        + " WHEN (pg_catalog.record_image_ne(ROW(OLD.email), ROW(NEW.email)) OR"
                        + " pg_catalog.record_image_ne(ROW(OLD.id), ROW(NEW.id))) EXECUTE FUNCTION neap.sync_2d711642()");
    }

    @Test
    void mirrorsARenamedColumnBeforeAnotherIsComputedFromIt() {
        String rename = "operations[1].rename_column";
        Plan plan = plan(
                computed()
                        .immutable(rename + ".from", "email")
                        .renamed(rename, new Renamed(List.of(), List.of(), List.of())),
                """
                        operations:
                          - add_column: {name: short, type: text, from: "left(email, 1)"}
                          - rename_column: {from: email, to: mail}
                        """);

        assertThat(String.join("\n", ddl(plan, "sync").sql()))
                .containsSubsequence("NEW.email := NEW.mail", "SELECT (left(email, 1)) INTO NEW.short");
    }
}
