package dev.neap.change.operation;

import dev.neap.catalog.Publicity.Publication;
import dev.neap.catalog.Surroundings;
import dev.neap.change.Problem;
import dev.neap.sql.QualifiedName;
import java.util.List;

/** What stands against changing a table as a whole. */
record TableChecks(Target target, Surroundings around) {

    private QualifiedName table() {
        return target.table().name();
    }

    /**
     * The problem of a table whose changes go to subscribers; empty if they don't.
     *
     * @param why that is one, as a clause
     */
    List<Problem> mustNotBePublished(String why) {
        return around.publicity().publications().isEmpty()
                ? List.of()
                : List.of(target.problem(
                        "",
                        "Table %s is in publication %s, and %s."
                                .formatted(table(), String.join(", ", publications()), why),
                        "Take the table out of the publication first."));
    }

    private List<String> publications() {
        return around.publicity().publications().stream().map(Publication::name).distinct().toList();
    }

    /** The problem of a table that is part of a hierarchy; empty if it is not. */
    List<Problem> mustStandAlone() {
        return around.descent()
                .map(how -> target.problem(
                        "",
                        "Table %s %s.".formatted(table(), how),
                        how.startsWith("is a partition")
                                ? "Take it out first: ALTER TABLE … DETACH PARTITION … CONCURRENTLY."
                                : "End the inheritance first: ALTER TABLE … NO INHERIT …."))
                .stream()
                .toList();
    }

    /** A problem for each thing that depends on the table. */
    List<Problem> nothingMustDepend() {
        return around.dependents()
                .stream()
                .map(dependent -> target.problem(
                        "",
                        "%s depends on table %s.".formatted(capitalized(dependent.words()), table()),
                        switch (dependent.kind()) {
                            case VIEW, MATERIALIZED_VIEW ->
                                "Drop the view, or replace it so that it does without the table.";
                            case FOREIGN_KEY -> "Drop the foreign key first.";
                            case OTHER -> "Drop it, or make it do without the table.";
                        }))
                .toList();
    }

    static String capitalized(String words) {
        return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }
}
