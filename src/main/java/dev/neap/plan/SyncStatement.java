package dev.neap.plan;

import dev.neap.change.operation.SyncRule;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the sync triggers do to a row for one rule, in PL/pgSQL.
 *
 * @param table expressions may call the row by its name
 */
record SyncStatement(SyncRule rule, QualifiedName table) {

    String sql() {
        return switch (rule) {
            case SyncRule.Derived derived -> derived(derived);
            case SyncRule.FillNull fill -> """
                    IF NEW.%1$s IS NULL THEN
                      %2$s
                    END IF;""".formatted(fill.column(), assign(fill.column(), fill.expression()));
            case SyncRule.Follows follows -> follows(follows);
            case SyncRule.Sides sides -> new SidesStatement(sides, table).sql();
        };
    }

    /** New code that no longer writes the sources says itself what the column is to be. */
    private String derived(SyncRule.Derived derived) {
        String assignment = assign(derived.column(), derived.expression());
        if (derived.sources().isEmpty()) {
            return "  " + assignment;
        }
        String given = Stream.concat(
                Stream.of("TG_OP = 'INSERT'", "NEW." + derived.column() + " IS NOT NULL"),
                derived.sources().stream().map(source -> "NEW." + source + " IS NULL"))
                .collect(Collectors.joining(" AND "));
        return """
                IF NOT (%s) THEN
                  %s
                END IF;""".formatted(given, assignment);
    }

    /**
     * Nobody knows the column's name: a new row that brings a value for it was written by places, in which another column
     * stands now. Its writer has to hear of that, or the value would be lost. Not so where the row is right as it is: it was
     * copied as a whole, or moves between partitions.
     */
    private String follows(SyncRule.Follows follows) {
        // OLD is nothing in an INSERT, and CASE, unlike OR, leaves it alone then.
        return """
                DECLARE
                    neap_given text := NEW.%1$s::text;
                    neap_due boolean := CASE TG_OP WHEN 'INSERT' THEN true ELSE %2$s END;
                  BEGIN
                    IF TG_OP = 'INSERT' AND neap_given IS NOT NULL THEN
                      %3$s
                    END IF;
                    IF neap_due THEN
                      %4$s
                      IF TG_OP = 'INSERT' AND neap_given COLLATE pg_catalog."C" IS DISTINCT FROM NEW.%1$s::text
                          AND neap_given IS NOT NULL THEN
                        RAISE EXCEPTION USING ERRCODE = 'syntax_error',
                          MESSAGE = %5$s, HINT = 'Name the columns that the values are for.';
                      END IF;
                    END IF;
                  END;"""
                .formatted(
                        follows.column(),
                        follows.sources().isEmpty()
                                ? "true"
                                : follows.sources()
                                        .stream()
                                        .map(source -> differs("NEW." + source, "OLD." + source))
                                        .collect(Collectors.joining(" OR ")),
                        made(follows),
                        assign(follows.column(), follows.expression()),
                        Literal.of("the columns of table " + table + " have changed their places"));
    }

    /** Whether the column in its place is not what was made of it. */
    private String made(SyncRule.Follows follows) {
        SyncRule.Sides.Value made = follows.made();
        return "SELECT %s INTO neap_due FROM (SELECT %s) AS %s;"
                .formatted(
                        differs(
                                "NEW." + made.column(),
                                "CAST((%s) AS %s)".formatted(made.expression(), made.type())),
                        made.sources()
                                .stream()
                                .map(source -> source.equals(made.column())
                                        ? "NEW.%s AS %s".formatted(follows.column(), source)
                                        : "NEW." + source)
                                .collect(Collectors.joining(", ")),
                        table.name());
    }

    /** The new row under the table's own name, so that the expression reads as it does in the backfill's UPDATE. */
    private String assign(Identifier column, String expression) {
        return "SELECT (%s) INTO NEW.%s FROM (SELECT NEW.*) AS %s;"
                .formatted(expression, column, table.name());
    }

    /**
     * By their text: a few types (json, xml, point) have no equality, and a trigger on one must not fail for that. Byte by
     * byte: a collation may hold different values for equal.
     */
    private static String differs(String left, String right) {
        return left + "::text COLLATE pg_catalog.\"C\" IS DISTINCT FROM " + right + "::text";
    }
}
