package dev.neap.plan;

import dev.neap.change.operation.SyncRule.Sides;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the sync triggers do to a row with two sides, in PL/pgSQL. */
final class SidesStatement {

    private final Sides sides;
    private final Identifier table;

    /** @param table the name by which expressions may call the row */
    SidesStatement(Sides sides, Identifier table) {
        this.sides = sides;
        this.table = table;
    }

    String sql() {
        return sides.mirrors()
                ? mirror(sides.past().getFirst().column(), sides.fresh().getFirst().column())
                : """
                        IF %1$s THEN
                          IF %2$s THEN
                        %3$s    %4$s
                          ELSIF %5$s OR %6$s THEN
                            %7$s
                          END IF;
                        END IF;"""
                        .formatted(
                                differs(sides.fresh()),
                                freshCounts(),
                                completed(),
                                assign(sides.past()),
                                allNull("NEW."),
                                differs(sides.past()),
                                assign(sides.fresh()));
    }

    private static String mirror(Identifier old, Identifier renamed) {
        return """
                IF TG_OP = 'INSERT' THEN
                  IF NEW.%2$s IS NULL THEN NEW.%2$s := NEW.%1$s; ELSE NEW.%1$s := NEW.%2$s; END IF;
                ELSIF %3$s THEN
                  NEW.%1$s := NEW.%2$s;
                ELSE
                  NEW.%2$s := NEW.%1$s;
                END IF;""".formatted(old, renamed, changed(renamed));
    }

    /** Whether a side is not what the other one makes of it. */
    private String differs(List<Sides.Value> side) {
        return differs(side, table + ".", row());
    }

    /** By their text, for not every type has an equality; byte by byte, for collations may differ, or hold it for equal. */
    private static String differs(List<Sides.Value> side, String prefix, String from) {
        return "(SELECT %s FROM %s)"
                .formatted(
                        joined(
                                side,
                                value -> "%s%s::text COLLATE pg_catalog.\"C\" IS DISTINCT FROM CAST((%s) AS %s)::text"
                                        .formatted(prefix, value.column(), value.expression(), value.type()),
                                " OR "),
                        from);
    }

    /** The new row under the table's own name, so that expressions read as they do in the backfill's UPDATE. */
    private String row() {
        return "(SELECT NEW.*) AS " + table;
    }

    /**
     * Whether the new side is news: not where it becomes what the old side gave before. So the backfill writes, and where a
     * BEFORE trigger of a user's changes the old side meanwhile, that is what counts.
     */
    private String freshCounts() {
        // In parentheses: bare, its THEN would be the IF's.
        return "(CASE TG_OP WHEN 'INSERT' THEN NOT (%s) ELSE (%s) AND %s END)"
                .formatted(
                        allNull("NEW."),
                        joined(sides.fresh(), value -> changed(value.column()), " OR "),
                        differs(sides.fresh(), "NEW.", "(SELECT OLD.*) AS " + table));
    }

    private static String changed(Identifier column) {
        return "NEW.%1$s::text COLLATE pg_catalog.\"C\" IS DISTINCT FROM OLD.%1$s::text".formatted(column);
    }

    private String allNull(String row) {
        return joined(sides.fresh(), value -> row + value.column() + " IS NULL", " AND ");
    }

    /**
     * New code may write one of the new columns in a row to which the backfill has not come yet: the others are then made
     * from the row as it was.
     */
    private String completed() {
        if (sides.fresh().size() == 1) {
            return "";
        }
        String fills = sides.fresh()
                .stream()
                .map(value -> "      IF NOT (%s) THEN SELECT (%s) INTO NEW.%s FROM (SELECT OLD.*) AS %s; END IF;\n"
                        .formatted(changed(value.column()), value.expression(), value.column(), table))
                .collect(Collectors.joining());
        return "    IF (CASE TG_OP WHEN 'INSERT' THEN false ELSE %s END) THEN\n%s    END IF;\n"
                .formatted(allNull("OLD."), fills);
    }

    private String assign(List<Sides.Value> side) {
        return "SELECT %s INTO %s FROM %s;"
                .formatted(
                        joined(side, value -> "(" + value.expression() + ")", ", "),
                        joined(side, value -> "NEW." + value.column(), ", "),
                        row());
    }

    private static String joined(List<Sides.Value> side, Function<Sides.Value, String> text, String separator) {
        return side.stream().map(text).collect(Collectors.joining(separator));
    }
}
