package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.sql.Placeholders;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.RowStatement;
import dev.neap.step.RowWork;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Work that is one SQL statement for each range.
 *
 * @param table by whose name expressions call columns
 * @param unit whose rows are changed
 * @param backfillId the step whose guard and quarantine count: the backfill's own, also while it is verified
 */
public record SqlWork(QualifiedName table, Unit unit, BackfillStep backfill, ChangeName change, StepId backfillId)
        implements
            RangeWork {

    /**
     * By its estimate of a key of several columns a range is so large that the server would read all of the other table to
     * join it; both have an index for the key.
     */
    @Override
    public Settings addTo(Settings settings) {
        return backfill.work() instanceof RowWork.Mirror
                ? settings.with("enable_mergejoin", "off").with("enable_hashjoin", "off")
                : settings;
    }

    @Override
    public long execute(JdbcClient jdbc, Ranges ranges, Range range, boolean quarantine) {
        List<Object> parameters = new ArrayList<>(ranges.parameters(range));
        RowStatement statement = RowStatement.of(backfill.work(), unit.as(table));
        String sql = Placeholders.escape(statement.head())
                + " WHERE " + condition(ranges, range, quarantine, parameters)
                + Placeholders.escape(statement.tail());
        JdbcClient.StatementSpec bound = jdbc.sql(sql).params(parameters);
        return switch (backfill.work()) {
            case RowWork.Assign assign -> bound.update();
            case RowWork.Transform transform ->
                throw new IllegalStateException("Class " + transform.className() + " is no SQL.");
            case RowWork.Delete delete -> bound.update();
            case RowWork.Archive archive -> moved(bound, archive);
            case RowWork.Copy copy -> bound.update();
            case RowWork.Mirror mirror -> bound.update() + deleteSurplus(jdbc, mirror, ranges, range);
        };
    }

    /** @throws BackfillFailed if not each row that was deleted has been inserted */
    private long moved(JdbcClient.StatementSpec statement, RowWork.Archive archive) {
        record Counts(long gone, long kept) {}
        Counts counts = statement
                .query((row, i) -> new Counts(row.getLong("gone"), row.getLong("kept")))
                .single();
        if (counts.gone() != counts.kept()) {
            throw new BackfillFailed(
                    ("Table %s took %d of %d rows of table %s, so nothing was moved: a trigger there swallows rows. Disable"
                            + " it, or archive into a table without one, then run the change again.")
                            .formatted(archive.into(), counts.kept(), counts.gone(), table));
        }
        return counts.gone();
    }

    /** What is there and not here; nobody may have written it, unless past the triggers. */
    private long deleteSurplus(JdbcClient jdbc, RowWork.Mirror mirror, Ranges ranges, Range range) {
        return jdbc.sql("DELETE FROM " + surplus(mirror, ranges, range)).params(ranges.parameters(range)).update();
    }

    String surplus(RowWork.Mirror mirror, Ranges ranges, Range range) {
        return mirror.into() + " AS neap_there WHERE " + ranges.condition(range) + " AND " + mirror.surplus(table);
    }

    private String condition(Ranges ranges, Range range, boolean quarantine, List<Object> parameters) {
        StringBuilder sql = new StringBuilder(ranges.condition(range));
        range.strand()
                .ifPresent(strand -> sql.append(" AND ")
                        .append(strand.condition(ranges.remainder(strand.modulus(), range))));
        Optional<String> pending = backfill.pending().map(condition -> "(" + Placeholders.escape(condition) + ")");
        if (quarantine) {
            // Only CASE keeps PostgreSQL from trying the condition on a row that was set aside because it fails there.
            String aside = ranges.keyIsAmong(
                    row(), "neap_note.key",
                    "neap.quarantine neap_note WHERE neap_note.unit = %d AND neap_note.change = ? AND neap_note.step = ?"
                            .formatted(unit.oid()));
            sql.append(" AND CASE WHEN ")
                    .append(aside)
                    .append(" THEN false ELSE ")
                    .append(pending.orElse("true"))
                    .append(" END");
            addStep(parameters);
        } else {
            pending.ifPresent(condition -> sql.append(" AND ").append(condition));
        }
        if (backfill.discipline() == BackfillStep.Discipline.ONCE) {
            sql.append(
                    " AND NOT EXISTS (SELECT 1 FROM neap.kept neap_note WHERE neap_note.change = ? AND neap_note.step = ? AND ")
                    .append(ranges.keyIs(row(), "neap_note.key"))
                    .append(")");
            addStep(parameters);
        }
        return sql.toString();
    }

    @Override
    public long pending(JdbcClient jdbc, Ranges ranges, Range range) {
        return new PendingRows(this, jdbc, ranges, range).count();
    }

    @Override
    public Optional<PendingRow> firstPending(JdbcClient jdbc, Ranges ranges, Range range) {
        return new PendingRows(this, jdbc, ranges, range).first();
    }

    private String row() {
        return table.name() + ".";
    }

    private void addStep(List<Object> parameters) {
        parameters.add(change.value());
        parameters.add(backfillId.value());
    }
}
