package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.sql.Placeholders;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The UPDATE of one range.
 *
 * @param backfillId the step whose guard and quarantine count: the backfill's own, also while it is verified
 */
record ChunkSql(QualifiedName table, BackfillStep backfill, ChangeName change, StepId backfillId) {

    /**
     * @param quarantine whether rows that were set aside have to be left out
     * @return how many rows it changed
     */
    long update(JdbcClient jdbc, Ranges ranges, Range range, boolean quarantine) {
        List<Object> parameters = new ArrayList<>(ranges.parameters(range));
        StringBuilder sql = new StringBuilder("UPDATE " + table + " SET " + assignments() + " WHERE "
                + ranges.condition(range)
                + backfill.pending().map(pending -> " AND (" + Placeholders.escape(pending) + ")").orElse(""));
        if (backfill.discipline() == BackfillStep.Discipline.ONCE) {
            append(sql, parameters, ranges, "neap.kept");
        }
        if (quarantine) {
            append(sql, parameters, ranges, "neap.quarantine");
        }
        return jdbc.sql(sql.toString()).params(parameters).update();
    }

    private void append(StringBuilder sql, List<Object> parameters, Ranges ranges, String notes) {
        String row = table.name() + ".";
        sql.append(" AND NOT EXISTS (SELECT 1 FROM ")
                .append(notes)
                .append(" neap_note WHERE neap_note.change = ? AND neap_note.step = ? AND ")
                .append(ranges.keyIs(row, "neap_note.key"))
                .append(")");
        parameters.add(change.value());
        parameters.add(backfillId.value());
    }

    private String assignments() {
        return backfill.assignments()
                .stream()
                .map(assignment -> assignment.column() + " = " + Placeholders.escape(assignment.expression()))
                .collect(Collectors.joining(", "));
    }
}
