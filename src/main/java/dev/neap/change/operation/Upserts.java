package dev.neap.change.operation;

import dev.neap.catalog.Answers.Destination;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Index;
import dev.neap.catalog.Key;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.change.operation.CopyRows.OnConflict;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.RowWork.Upsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How a copy tells which rows the other table has already, and which of them it has to change. */
record Upserts(CopyRows copy, Target target) {

    /** @param written the columns of the other table that get a value */
    List<Problem> check(List<Identifier> written) {
        Table table = destination().table();
        Optional<List<Identifier>> key = key();
        if (key.isEmpty()) {
            return List.of(target.problem(
                    copy.key().isEmpty() ? "to" : "key",
                    copy.key().isEmpty()
                            ? "Table %s has no unique NOT NULL key that would tell which rows are there already."
                                    .formatted(table.name())
                            : "Table %s has no valid unique index over exactly (%s), all of them NOT NULL."
                                    .formatted(table.name(), CopyRows.list(copy.key())),
                    "Add one there, or say on_conflict: error to copy each row exactly once."));
        }
        List<Problem> problems = new ArrayList<>();
        for (Identifier column : key.get()) {
            if (!written.contains(column)) {
                problems.add(target.problem(
                        "to",
                        "Column %s of the key of table %s would get no value here, so no row would be found again."
                                .formatted(column, table.name()),
                        "Give it one under set, or name another key."));
            }
        }
        copy.set()
                .keySet()
                .stream()
                .filter(column -> copy.onConflict() == OnConflict.UPDATE || key.get().contains(column))
                .filter(column -> copy.facts(target, column).volatility() == Volatility.VOLATILE)
                .map(column -> target.problem(
                        "set." + column.value(),
                        "The expression is volatile: it would be another value each time it is compared.",
                        "Write one that depends on the row alone, or say on_conflict: error."))
                .forEach(problems::add);
        return problems;
    }

    private Destination destination() {
        return new NewRows(target, copy.to()).destination();
    }

    private Optional<List<Identifier>> key() {
        Table table = destination().table();
        if (copy.key().isEmpty()) {
            return Key.of(table).map(Key::names);
        }
        Set<Identifier> wanted = Set.copyOf(copy.key());
        boolean unique = table.indexes()
                .stream()
                .filter(index -> index.unique() && index.valid() && index.immediate() && !index.partial())
                .anyMatch(index -> columns(index).equals(wanted));
        boolean notNull = wanted.stream()
                .allMatch(column -> table.column(column).filter(Column::notNull).isPresent());
        return unique && notNull ? Optional.of(copy.key()) : Optional.empty();
    }

    /** Without those of expressions, which then match no list of columns in number. */
    private static Set<Identifier> columns(Index index) {
        List<Identifier> named = index.keys().stream().flatMap(part -> part.column().stream()).toList();
        return named.size() == index.keys().size() ? Set.copyOf(named) : Set.of();
    }

    Upsert upsert(List<Assignment> values) {
        List<Identifier> key = key().orElseThrow();
        List<Identifier> updates = copy.onConflict() == OnConflict.UPDATE ? others(values, key) : List.of();
        return new Upsert(key, updates, differs(updates, "excluded."));
    }

    private static List<Identifier> others(List<Assignment> values, List<Identifier> key) {
        return values.stream().map(Assignment::column).filter(column -> !key.contains(column)).toList();
    }

    /**
     * That the other table does not have the row as it should be. The expressions stand in a subquery of their own, where
     * a bare column can only be this table's.
     */
    String pending(List<Assignment> values) {
        List<Identifier> key = key().orElseThrow();
        List<Identifier> updates = upsert(values).updates();
        String wanted = values.stream()
                .filter(value -> key.contains(value.column()) || updates.contains(value.column()))
                .map(value -> "CAST((%s) AS %s) AS %s"
                        .formatted(
                                value.expression(),
                                destination().table().column(value.column()).map(Column::type).orElseThrow(),
                                value.column()))
                .collect(Collectors.joining(", "));
        String same = key.stream()
                .map(column -> "neap_there.%1$s = neap_row.%1$s".formatted(column))
                .collect(Collectors.joining(" AND "));
        String missing = "NOT EXISTS (SELECT FROM (SELECT %s) AS neap_row JOIN %s AS neap_there ON %s%s)"
                .formatted(
                        wanted,
                        copy.to(),
                        same,
                        updates.isEmpty() ? "" : " AND NOT (" + differs(updates, "neap_row.") + ")");
        return copy.where().map(sql -> "(" + sql + ") AND " + missing).orElse(missing);
    }

    private String differs(List<Identifier> columns, String wanted) {
        List<Identifier> incomparable = destination().incomparable();
        return columns.stream()
                .map(column -> incomparable.contains(column)
                        ? "neap_there.%1$s::text IS DISTINCT FROM %2$s%1$s::text".formatted(column, wanted)
                        : "neap_there.%1$s IS DISTINCT FROM %2$s%1$s".formatted(column, wanted))
                .collect(Collectors.joining(" OR "));
    }
}
