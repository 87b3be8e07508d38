package dev.neap.plan;

import dev.neap.change.operation.SyncRule.Sides;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the sync triggers do to a row with two sides, in PL/pgSQL. */
final class SidesStatement {

    private final Sides sides;
    private final QualifiedName qualified;
    private final Identifier table;

    /** @param table expressions may call the row by its name */
    SidesStatement(Sides sides, QualifiedName table) {
        this.sides = sides;
        this.qualified = table;
        this.table = table.name();
    }

    String sql() {
        return sides.mirrors()
                ? mirror(sides.past().getFirst().column(), sides.fresh().getFirst().column())
                : """
                        IF %1$s THEN
                          IF %2$s THEN
                        %8$s%3$s    %4$s
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
                                assign(sides.fresh()),
                                contradictions());
    }

    private String mirror(Identifier old, Identifier renamed) {
        return """
                IF TG_OP = 'INSERT' THEN
                  IF NEW.%2$s IS NULL THEN
                    NEW.%2$s := NEW.%1$s;
                  ELSE
                %4$s    NEW.%1$s := NEW.%2$s;
                  END IF;
                ELSIF %3$s THEN
                  NEW.%1$s := NEW.%2$s;
                ELSE
                  NEW.%2$s := NEW.%1$s;
                END IF;""".formatted(old, renamed, changed(renamed), contradictions());
    }

    /**
     * Old code that copies a row as a whole and changes one of the old columns writes both sides: the new one would win in
     * silence, and what was meant be lost.
     */
    private String contradictions() {
        return sides.past().stream().map(this::contradiction).collect(Collectors.joining());
    }

    private String contradiction(Sides.Value old) {
        String message = "a row gives column %s of table %s and its successor %s different values"
                .formatted(old.column(), qualified, joined(sides.fresh(), value -> value.column().sql(), ", "));
        // One IF within the other: PL/pgSQL asks the catalog only where it comes to it.
        return """
                    IF (CASE TG_OP WHEN 'INSERT' THEN NEW.%1$s IS NOT NULL AND %2$s ELSE false END) THEN
                      IF NOT (%3$s) THEN
                        RAISE EXCEPTION USING ERRCODE = 'syntax_error',
                          MESSAGE = %4$s, HINT = 'Name the columns that the values are for.';
                      END IF;
                    END IF;
                """.formatted(
                old.column(),
                sides.mirrors()
                        ? "NEW.%s::text COLLATE pg_catalog.\"C\" IS DISTINCT FROM NEW.%s::text"
                                .formatted(old.column(), sides.fresh().getFirst().column())
                        : differs(List.of(old)),
                supplied(old.column()),
                Literal.of(message));
    }

    /** Whether a default, or a trigger of a user's, may have given the value, and not the statement; as it is by then. */
    private static String supplied(Identifier column) {
        return """
                EXISTS (
                          SELECT FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_type AS y ON y.oid = a.atttypid
                          WHERE (a.attrelid = TG_RELID
                              OR a.attrelid IN (SELECT relid FROM pg_catalog.pg_partition_ancestors(TG_RELID)))
                            AND a.attname = %s AND (a.atthasdef OR y.typdefault IS NOT NULL))
                        OR EXISTS (
                          SELECT FROM pg_catalog.pg_trigger AS g
                          WHERE g.tgrelid = TG_RELID AND g.tgenabled <> 'D' AND g.tgtype & 7 = 7
                            AND NOT pg_catalog.starts_with(g.tgname::text, 'zzz_neap_'))"""
                .formatted(Literal.of(column.value()));
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
