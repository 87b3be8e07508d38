package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.StepId;
import java.util.UUID;

/**
 * What the passes of a step work on, whatever their segment.
 *
 * @param id of the step whose checkpoint this is
 * @param backfillId of the backfill: the same, unless this is its verification
 * @param table that the change is about
 * @param unit what is gone over: that table, or a leaf of it
 * @param lease the token under which this process holds the change
 * @param purpose what it is for
 * @param wholeTable whether each further pass reaches to the end that the table has then, or keeps to the first end
 */
public record PassSetup(
        ChangeName change,
        QualifiedName table,
        BackfillStep backfill,
        StepId id,
        StepId backfillId,
        Unit unit,
        UUID lease,
        Purpose purpose,
        boolean wholeTable) {

    /** The same on another unit. */
    public PassSetup on(Unit other) {
        return new PassSetup(change, table, backfill, id, backfillId, other, lease, purpose, wholeTable);
    }

    /** How the unit is walked. */
    public Ranges ranges() {
        return unit.ranges();
    }

    /** How a person finds this table and step in a message. */
    String where() {
        return "table %s, step %s".formatted(unit.table(), id);
    }
}
