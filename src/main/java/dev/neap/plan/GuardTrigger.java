package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.catalog.KeySql;
import dev.neap.catalog.Table;
import dev.neap.change.ChangeName;
import dev.neap.change.operation.Names;
import dev.neap.sql.Literal;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.RowWork;
import dev.neap.step.StepId;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The triggers under which a backfill that may not do a row twice stays exactly-once while rows come and change their
 * keys.
 *
 * <p>A row is done if its key is behind the checkpoint of its segment, or in a strand of the stretch at hand that is.
 * Clients may upset that in three ways, and each is mended in the
 * client's own transaction:
 *
 * <ul>
 *   <li>A new row ahead of the checkpoint is noted in {@code neap.kept}, and the backfill passes over it. No lock is
 *       needed: whatever snapshot sees the row sees the note.
 *   <li>A done row that moves ahead of the checkpoint is noted likewise.
 *   <li>A row not done yet that moves behind the checkpoint (or beyond the frozen end) is worked on by the trigger.
 * </ul>
 *
 * <p>Where a key changes, the checkpoint has to stand still while the trigger decides, so it takes a share lock on the
 * checkpoints of the segments that the row leaves and enters; a chunk holds its own for update. Such a client may wait for one chunk. The chunk's lock_timeout is
 * shorter than deadlock_timeout, so in a deadlock it is always the chunk that gives way.
 *
 * <p>In a partitioned table a row whose key changes may go to another partition: PostgreSQL then deletes it there, after
 * this trigger, and inserts it here, where it looks like a new one. So every such row that is not done yet is worked on
 * as it moves, and noted. What goes over leaf by leaf has segments for each, and a row's leaf is the trigger's own table;
 * a leaf without segments was none of the table's when the backfill began, and its rows count as new.
 *
 * <p>A REPEATABLE READ transaction whose snapshot is older than the guard does not see the checkpoint: its new rows are
 * noted whatever their keys, and a key that it changes is a serialization failure, which such a client must expect.
 */
final class GuardTrigger {

    private final ChangeName change;
    private final Table table;
    private final KeySql key;
    private final GuardFunction.Scope scope;
    private final GuardedSegments segments;
    private final BackfillStep backfill;
    private final StepId backfillId;
    private final Names names;
    private final int number;

    /**
     * @param walk with a key
     * @param number of the guard within the change, from 1
     */
    GuardTrigger(ChangeName change, Table table, Walk walk, BackfillStep backfill, StepId backfillId, int number) {
        this.change = change;
        this.table = table;
        this.key = new KeySql(walk.keyed().orElseThrow());
        this.scope = GuardFunction.Scope.of(table, walk);
        this.segments = new GuardedSegments(
                table, key, Literal.of(change.value()), Literal.of(backfillId.value()));
        this.backfill = backfill;
        this.backfillId = backfillId;
        this.names = new Names(change);
        this.number = number;
    }

    /** Installs the triggers and freezes the end in one transaction: every row is either seen by it or by them. */
    DdlStep create() {
        Fact exists = new Fact.HasTrigger(names.guardUpdateTrigger(number));
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "guard",
                "follow rows that come or change their key, and freeze the end of the backfill",
                exists,
                SearchPath.FIXED,
                function(),
                scope == GuardFunction.Scope.LEAF ? segments.ofLeaves() : segments.ofTable(),
                insertTrigger(),
                updateTrigger(),
                AlwaysOn.statement(table.name(), names.guardInsertTrigger(number)),
                AlwaysOn.statement(table.name(), names.guardUpdateTrigger(number)),
                scope == GuardFunction.Scope.LEAF ? segments.freezeLeaves() : segments.freezeTable())
                .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)
                .undoneBy(Undo.catalogOnly("drop the guard triggers", exists.negated(), dropStatements()));
    }

    DdlStep drop() {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "drop-guard",
                "drop the guard triggers",
                new Fact.HasTrigger(names.guardUpdateTrigger(number)).negated(),
                dropStatements());
    }

    private String[] dropStatements() {
        return TriggerDrop.statements(
                table,
                List.of(names.guardInsertTrigger(number), names.guardUpdateTrigger(number)),
                "DROP FUNCTION IF EXISTS " + names.guardFunction(number) + "()",
                "DELETE FROM neap.kept WHERE " + mine());
    }

    private String mine() {
        return "change = " + Literal.of(change.value()) + " AND step = " + Literal.of(backfillId.value());
    }

    private String function() {
        // Text of keys must read the same in every session: hence the output settings.
        return "CREATE OR REPLACE FUNCTION " + names.guardFunction(number)
                + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT"
                + " SET datestyle = 'ISO, MDY' SET intervalstyle = 'postgres' SET extra_float_digits = 1 AS "
                + Literal.dollarQuoted("neap", "\n" + GuardFunction.body(change, backfillId, key, scope, work()));
    }

    /** What the pass would have done with the row, done with what it is about to become. */
    private String work() {
        String row = "(SELECT NEW.*) AS " + table.name().name();
        return switch (backfill.work()) {
            case RowWork.Assign assign -> "SELECT %s INTO %s FROM %s".formatted(values(assign), targets(assign), row);
            case RowWork.Copy copy ->
                "INSERT INTO %s (%s) SELECT %s FROM %s%s"
                        .formatted(
                                copy.into(),
                                copy.values().stream().map(v -> v.column().sql()).collect(Collectors.joining(", ")),
                                copy.values().stream().map(Assignment::expression).collect(Collectors.joining(", ")),
                                row,
                                backfill.pending().map(pending -> " WHERE " + pending).orElse(""));
            case RowWork.Transform transform -> throw repeatable();
            case RowWork.Delete delete -> throw repeatable();
            case RowWork.Archive archive -> throw repeatable();
            case RowWork.Mirror mirror -> throw repeatable();
        };
    }

    private static IllegalStateException repeatable() {
        return new IllegalStateException("Rows that are removed can't be removed twice, so nothing guards them.");
    }

    private String values(RowWork.Assign assign) {
        return assign.assignments()
                .stream()
                .map(assignment -> backfill.pending()
                        .map(pending -> "CASE WHEN " + pending + " THEN (" + assignment.expression() + ") ELSE "
                                + assignment.column() + " END")
                        .orElse("(" + assignment.expression() + ")"))
                .collect(Collectors.joining(", "));
    }

    private static String targets(RowWork.Assign assign) {
        return assign.assignments()
                .stream()
                .map(assignment -> "NEW." + assignment.column())
                .collect(Collectors.joining(", "));
    }

    /** AFTER: an INSERT that ON CONFLICT turns into nothing must not leave a note on the row that is there. */
    private String insertTrigger() {
        return "CREATE TRIGGER %s AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s()"
                .formatted(names.guardInsertTrigger(number), table.name(), names.guardFunction(number));
    }

    private String updateTrigger() {
        return "CREATE TRIGGER %s BEFORE UPDATE ON %s FOR EACH ROW WHEN ((%s) IS DISTINCT FROM (%s)) EXECUTE FUNCTION %s()"
                .formatted(
                        names.guardUpdateTrigger(number),
                        table.name(),
                        key.letters("OLD."),
                        key.letters("NEW."),
                        names.guardFunction(number));
    }
}
