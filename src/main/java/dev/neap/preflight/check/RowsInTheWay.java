package dev.neap.preflight.check;

import dev.neap.step.DdlStep;
import dev.neap.step.Offenders;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Rows that a constraint or a unique index of the plan can't have: duplicates, orphans, NULLs, rows that break a check.
 * Each look ends with the statement_timeout; the step itself finds what this one has no time for.
 */
final class RowsInTheWay implements Check {

    @Override
    public String id() {
        return "rows-in-the-way";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.ddl()
                .flatMap(step -> step.offenders()
                        .filter(offenders -> isSeenNow(target, offenders))
                        .flatMap(offenders -> look(target, step, offenders))
                        .stream())
                .toList();
    }

    /** What the change itself still adds, fills or deletes tells nothing yet. */
    private static boolean isSeenNow(Target target, Offenders offenders) {
        return !target.removesRows()
                && offenders.reads()
                        .stream()
                        .allMatch(column -> target.table().flatMap(table -> table.column(column)).isPresent()
                                && !target.written().contains(column));
    }

    private Optional<Finding> look(Target target, DdlStep step, Offenders offenders) {
        JdbcTemplate jdbc = new JdbcTemplate(target.database());
        String object = target.table().map(Target::named).orElse("");
        jdbc.execute("SAVEPOINT neap_look");
        try {
            List<String> rows = jdbc.execute((StatementCallback<List<String>>) statement -> {
                statement.setEscapeProcessing(false);
                List<String> found = new ArrayList<>();
                try (ResultSet result = statement.executeQuery(offenders.sql())) {
                    while (result.next()) {
                        found.add(result.getString(1));
                    }
                }
                return found;
            });
            return rows == null || rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(judge(object, step, offenders, offenders.words(rows) + "."));
        } catch (DataAccessException e) {
            jdbc.execute("ROLLBACK TO SAVEPOINT neap_look");
            return Optional.of(note(
                    object,
                    "Whether there are %s could not be found out in time.".formatted(offenders.what()),
                    "Nothing to do: the run looks again, longer; and if there are, it stops at \"%s\"."
                            .formatted(step.title())));
        }
    }

    private Finding judge(String object, DdlStep step, Offenders offenders, String fact) {
        return offenders.certain()
                ? blocker(object, fact, offenders.remedy() + ", then run the change.")
                : warning(
                        object,
                        fact,
                        "%s; the run stops before \"%s\" while there are any."
                                .formatted(offenders.remedy(), step.title()));
    }
}
