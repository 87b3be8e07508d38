package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An index of a table.
 *
 * @param keys its key parts in index order; INCLUDE columns are not among them
 * @param ordered whether it is a btree whose parts all use their types' default operator classes and all run in one
 *     direction: only then does {@code ORDER BY} with a row comparison walk it
 * @param partial whether it has a WHERE
 * @param immediate false for a deferrable constraint's index
 * @param definition what {@code pg_get_indexdef} prints, and the tablespace
 */
public record Index(
        Identifier name,
        boolean unique,
        boolean primary,
        boolean valid,
        boolean ordered,
        boolean partial,
        boolean immediate,
        List<Part> keys,
        String definition) {

    /**
     * What makes an index again, of {@code pg_index i} and {@code pg_class c}: {@code pg_get_indexdef} leaves out where it is
     * kept, which stands before the condition. Where this role may make none, it is left out here too.
     */
    static final String PRINTED = """
            (SELECT left(whole.text, length(whole.text) - length(whole.condition)) || coalesce(
                (SELECT ' TABLESPACE ' || quote_ident(spcname) FROM pg_tablespace
                 WHERE oid = c.reltablespace AND has_tablespace_privilege(oid, 'CREATE')), '')
              || whole.condition
             FROM (VALUES (pg_get_indexdef(i.indexrelid), coalesce(' WHERE ' || pg_get_expr(i.indpred, i.indrelid), '')))
               AS whole (text, condition))""";

    /** What it has besides, as what follows {@code ALTER INDEX name}: an array of text. Until 16, -1 stood for no target. */
    static final String TARGETS = """
            ARRAY(SELECT format('ALTER COLUMN %s SET STATISTICS %s', a.attnum, a.attstattarget)
              FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0 ORDER BY a.attnum)""";

    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\" .]+)";
    private static final Pattern DEFINITION = Pattern.compile(
            "CREATE (?:UNIQUE )?INDEX %1$s ON (?:ONLY )?%1$s(?:\\.%1$s)? (USING .*)".formatted(NAME), Pattern.DOTALL);

    /**
     * One key part.
     *
     * @param column empty for an expression
     * @param collation the index's own collation for this part, qualified, if it differs from the column's
     */
    public record Part(Optional<Identifier> column, Optional<String> collation) {}

    public Index {
        keys = List.copyOf(keys);
    }

    /** What follows the table's name in its definition: {@code USING btree (lower(email)) WHERE …}. */
    public String tail() {
        return tail(definition);
    }

    static String tail(String definition) {
        Matcher matcher = DEFINITION.matcher(definition);
        if (!matcher.matches()) {
            throw new IllegalStateException("This index definition can't be read: " + definition);
        }
        return matcher.group(1);
    }

    /** Whether {@code column} is one of the key parts. */
    public boolean uses(Identifier column) {
        return keys.stream().anyMatch(part -> part.column().equals(Optional.of(column)));
    }
}
