package dev.neap.plan;

import dev.neap.catalog.Column;
import dev.neap.catalog.Table;
import dev.neap.change.ChangeName;
import dev.neap.change.operation.Names;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.DdlStep;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts a row right in the client's own transaction that moves it while a convergent backfill still has to reach it: no
 * pass over the table can be sure to meet a row that changes its key (or, in block order, its place, as any UPDATE does)
 * from ahead of the position to behind it, or beyond the end.
 *
 * <p>It stands before the first chunk and goes after the verification, so each row that was pending when it came is either
 * met where it was or put right as it moves. It looks only after rows that were pending before the client's statement and
 * are so after it: a value that a client writes on purpose is the client's affair, and rows that are inserted are not the
 * backfill's business.
 *
 * <p>By key it fires only where the key changes. By block it fires on every UPDATE but those of the backfill's own chunks,
 * which name their change in a setting. A row whose data does not fit is left as it is, for the passes to find: the
 * client's statement goes on.
 *
 * <p>It comes AFTER and updates the row once more, by its key or place: a BEFORE trigger would make PostgreSQL lock each
 * row that the backfill itself updates, with a WAL record of its own. Only on a partitioned table it comes BEFORE, since
 * there a row may move to another partition, which AFTER does not see. Of a table with generated columns it can't tell how
 * the row was before.
 */
final class MoveTrigger {

    private final ChangeName change;
    private final Table table;
    private final Walk walk;
    private final BackfillStep backfill;
    private final Identifier trigger;
    private final String function;
    private final boolean generated;
    private final boolean after;

    /**
     * @param backfill convergent
     * @param number of the trigger within the change, from 1
     */
    MoveTrigger(ChangeName change, Table table, Walk walk, BackfillStep backfill, int number) {
        this.change = change;
        this.table = table;
        this.walk = walk;
        this.backfill = backfill;
        Names names = new Names(change);
        this.trigger = names.moveTrigger(number);
        this.function = names.moveFunction(number).sql();
        this.generated = table.columns().stream().anyMatch(column -> column.origin() == Column.Origin.GENERATED);
        this.after = generated || table.kind() == Table.Kind.ORDINARY;
    }

    DdlStep create() {
        return following().create("put rows right that move while they are pending", after, moves(), function());
    }

    /** Before another backfill may change what this one is computed from. */
    DdlStep drop() {
        return following().drop();
    }

    private FollowTrigger following() {
        return new FollowTrigger(table, walk, trigger, function, List.of());
    }

    private String moves() {
        return walk.byAddress()
                ? "(" + Moves.of(walk, change) + ") AND current_setting('neap.follows', true) IS DISTINCT FROM 'on'"
                : Moves.of(walk, change);
    }

    /** With the rights of the backfill: what it may read, a client that moves a row need not be allowed to. */
    private String function() {
        return "CREATE OR REPLACE FUNCTION " + function
                + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT"
                + (after && walk.byAddress() ? " SET neap.follows = 'on'" : "")
                + " AS " + Literal.dollarQuoted("neap", "\n" + (after ? bodyAfter() : bodyBefore()));
    }

    private String bodyBefore() {
        return """
                #variable_conflict use_column
                DECLARE
                  neap_given record;
                BEGIN
                  neap_given := NEW;
                  IF EXISTS (SELECT FROM (SELECT OLD.*) AS %1$s WHERE %2$s)
                      AND EXISTS (SELECT FROM (SELECT NEW.*) AS %1$s WHERE %2$s) THEN
                    SELECT %3$s INTO %4$s FROM (SELECT NEW.*) AS %1$s;
                  END IF;
                  RETURN NEW;
                EXCEPTION WHEN OTHERS THEN
                  RETURN neap_given;
                END
                """
                .formatted(
                        table.name().name(),
                        pending(),
                        list(assignment -> "(" + assignment.expression() + ")"),
                        list(assignment -> "NEW." + assignment.column()));
    }

    private String bodyAfter() {
        return """
                #variable_conflict use_column
                BEGIN
                  %sUPDATE %s SET %s WHERE %s AND (%s);%s
                  RETURN NULL;
                EXCEPTION WHEN OTHERS THEN
                  RETURN NULL;
                END
                """
                .formatted(
                        generated
                                ? ""
                                : "IF EXISTS (SELECT FROM (SELECT OLD.*) AS %s WHERE %s) THEN "
                                        .formatted(table.name().name(), pending()),
                        table.name(),
                        list(assignment -> assignment.column() + " = " + assignment.expression()),
                        walk.byAddress()
                                ? "ctid = NEW.ctid"
                                : "(" + Moves.keys(walk, "") + ") = (" + Moves.keys(walk, "NEW.") + ")",
                        pending(),
                        generated ? "" : " END IF;");
    }

    private String pending() {
        return backfill.pending().orElseThrow();
    }

    private String list(java.util.function.Function<Assignment, String> each) {
        List<Assignment> assignments = backfill.assignments();
        return assignments.stream().map(each).collect(Collectors.joining(", "));
    }
}
