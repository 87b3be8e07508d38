package dev.neap.change.operation;

import dev.neap.catalog.Column;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Partitions;
import dev.neap.catalog.Reference;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells what stands against putting another column in the place of one. */
record Replaceable(Target target, Identifier column) {

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(
                target.nothingRefersTo("column", column, Set.of(Reference.Kind.REPLICA_IDENTITY)));
        if (target.table()
                .column(column)
                .filter(found -> found.origin() == Column.Origin.GENERATED)
                .isPresent()) {
            problems.add(target.problem(
                    "column",
                    "Column %s is generated from others, and can't be written.".formatted(column),
                    "Add a column with another expression, and drop this one."));
        }
        for (Constraint constraint : target.table().constraints()) {
            if (constraint.columns().contains(column) && !carried(constraint)) {
                problems.add(target.problem(
                        "column",
                        "Column %s is part of %s %s, which can't be made a second time."
                                .formatted(column, words(constraint.kind()), constraint.name()),
                        "Drop the constraint first, and add it again once the change is completed."));
            }
        }
        if (target.table()
                .shape()
                .partitions()
                .map(Partitions::columns)
                .filter(columns -> columns.contains(column))
                .isPresent()) {
            problems.add(target.problem(
                    "column",
                    "Table %s is partitioned by column %s.".formatted(target.table().name(), column),
                    "Partition a new table by the new column, and copy the rows there."));
        }
        return problems;
    }

    private static boolean carried(Constraint constraint) {
        return switch (constraint.kind()) {
            case CHECK, FOREIGN_KEY, NOT_NULL -> true;
            case PRIMARY_KEY, UNIQUE -> !constraint.definition().contains("WITHOUT OVERLAPS");
            case EXCLUDE, TRIGGER -> false;
        };
    }

    private static String words(Constraint.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " constraint";
    }
}
