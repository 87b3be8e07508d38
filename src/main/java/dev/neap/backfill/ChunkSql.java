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
        StringBuilder sql = new StringBuilder(
                "UPDATE " + table + " SET " + assignments() + " WHERE " + ranges.condition(range));
        String pending = backfill.pending().map(Placeholders::escape).orElse("true");
        if (quarantine) {
            // CASE, because AND promises no order: the condition itself may be what fails on the row.
            String aside = noted(parameters, ranges, "neap.quarantine");
            sql.append(" AND CASE WHEN ").append(aside).append(" THEN false ELSE (").append(pending).append(") END");
        } else {
            sql.append(" AND (").append(pending).append(")");
        }
        if (backfill.discipline() == BackfillStep.Discipline.ONCE) {
            sql.append(" AND NOT ").append(noted(parameters, ranges, "neap.kept"));
        }
        return jdbc.sql(sql.toString()).params(parameters).update();
    }

    private String noted(List<Object> parameters, Ranges ranges, String notes) {
        parameters.add(change.value());
        parameters.add(backfillId.value());
        return "EXISTS (SELECT 1 FROM " + notes + " neap_note WHERE neap_note.change = ? AND neap_note.step = ? AND "
                + ranges.keyIs(table.name() + ".", "neap_note.key") + ")";
    }

    private String assignments() {
        return backfill.assignments()
                .stream()
                .map(assignment -> assignment.column() + " = " + Placeholders.escape(assignment.expression()))
                .collect(Collectors.joining(", "));
    }
}
