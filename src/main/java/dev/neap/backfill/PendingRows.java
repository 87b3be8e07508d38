package dev.neap.backfill;

import dev.neap.backfill.Ranges.KeyPart;
import dev.neap.sql.Placeholders;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.RowWork;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of a range that are not as they must be; of two tables that must hold the same, those of either. */
record PendingRows(SqlWork work, JdbcClient jdbc, Ranges ranges, Range range) {

    /** What a message can bear of an expression, in characters. */
    private static final int READABLE = 60;

    long count() {
        return surplus().map(this::count).orElse(0L) + count(pending());
    }

    private long count(String from) {
        return jdbc.sql("SELECT count(*) FROM " + from)
                .params(ranges.parameters(range))
                .query(Long.class)
                .single();
    }

    Optional<PendingRow> first() {
        return first(pending())
                .flatMap(key -> ranges.name(jdbc, key))
                .map(name -> new PendingRow(work.unit().table(), name, how()))
                .or(() -> mirror().flatMap(mirror -> first(work.surplus(mirror, ranges, range))
                        .map(name -> new PendingRow(mirror.into(), name, noEqual(work.unit().table())))));
    }

    private Optional<List<String>> first(String from) {
        return jdbc
                .sql("SELECT ARRAY[%s] FROM %s ORDER BY %s LIMIT 1"
                        .formatted(
                                ranges.keyParts()
                                        .stream()
                                        .map(part -> part.column() + "::text")
                                        .collect(Collectors.joining(", ")),
                                from,
                                ranges.keyParts()
                                        .stream()
                                        .map(KeyPart::expression)
                                        .collect(Collectors.joining(", "))))
                .params(ranges.parameters(range))
                .query((row, i) -> CheckpointRow.list(row.getArray(1)))
                .optional()
                .flatMap(found -> found);
    }

    private String pending() {
        return work.unit().as(work.table()) + " WHERE " + ranges.condition(range)
                + work.backfill()
                        .pending()
                        .map(condition -> " AND (" + Placeholders.escape(condition) + ")")
                        .orElse("");
    }

    private Optional<String> surplus() {
        return mirror().map(mirror -> work.surplus(mirror, ranges, range));
    }

    private Optional<RowWork.Mirror> mirror() {
        return work.backfill().work() instanceof RowWork.Mirror mirror ? Optional.of(mirror) : Optional.empty();
    }

    private String how() {
        return mirror().map(mirror -> noEqual(mirror.into()))
                .orElseGet(() -> work.backfill()
                        .assignments()
                        .stream()
                        .map(PendingRows::differs)
                        .collect(Collectors.joining(" or ")));
    }

    private static String noEqual(QualifiedName other) {
        return "table " + other + " has none that equals it";
    }

    private static String differs(Assignment assignment) {
        return assignment.expression().length() <= READABLE
                ? "column %s differs from %s".formatted(assignment.column(), assignment.expression())
                : "column %s differs from what the change makes it".formatted(assignment.column());
    }
}
