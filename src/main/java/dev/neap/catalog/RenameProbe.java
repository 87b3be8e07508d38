package dev.neap.catalog;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Answers.Renamed;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/**
 * Asks how what hangs on a column reads under a new name: each index and check is made on the copy, the copy's column is
 * renamed, and PostgreSQL prints it again; all with an empty search_path, so that the texts mean the same in any session.
 */
final class RenameProbe {

    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final TableCopy copy;

    RenameProbe(JdbcTemplate jdbc, TransactionStatus transaction, TableCopy copy) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.copy = copy;
    }

    /**
     * Adds the new column to the copy, beside the old one.
     *
     * @throws org.springframework.dao.DataAccessException if there is no such column, or the new name is taken
     */
    Renamed rename(Identifier from, Identifier to) {
        // Nothing but a question whether the column exists, which PostgreSQL answers with a hint.
        jdbc.execute("EXPLAIN SELECT " + from + " FROM " + copy.sql());
        List<IndexText> indexes = indexes(from, to);
        List<ConstraintText> constraints = new ArrayList<>(checks(from, to));
        constraints.addAll(new ForeignKeyTexts(jdbc).renamed(copy.table().oid(), from, to));
        constraints.replaceAll(this::commented);
        constraints.sort(Comparator.comparing(ConstraintText::name));
        List<String> settings = new ColumnSettings(jdbc, copy.table()).renamed(from, to);
        addBeside(from, to);
        return new Renamed(indexes, constraints, settings);
    }

    private void addBeside(Identifier from, Identifier to) {
        String collation = jdbc.queryForObject(
                """
                        SELECT coalesce((SELECT format(' COLLATE %I.%I', n.nspname, c.collname)
                          FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
                          WHERE c.oid = a.attcollation), '')
                        FROM pg_attribute a WHERE a.attrelid = ?::regclass AND a.attname = ?
                        """,
                String.class,
                copy.sql(),
                from.value());
        jdbc.execute("ALTER TABLE " + copy.sql() + " ADD COLUMN " + to + " " + copy.typeOf(from) + collation);
    }

    /** An index depends on each column that it uses in any way, or else its constraint does; the latter are left out. */
    private List<IndexText> indexes(Identifier from, Identifier to) {
        record Original(Identifier name, boolean unique, Optional<String> comment) {}
        return jdbc
                .query(
                        """
                                SELECT DISTINCT c.relname, i.indisunique, obj_description(c.oid, 'pg_class') AS comment
                                FROM pg_index i
                                  JOIN pg_class c ON c.oid = i.indexrelid
                                  JOIN pg_attribute a ON a.attrelid = i.indrelid
                                  JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                                    AND d.refobjsubid = a.attnum
                                WHERE i.indrelid = ? AND a.attname = ? AND i.indisvalid
                                  AND NOT EXISTS (SELECT FROM pg_constraint k
                                    WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x'))
                                ORDER BY c.relname
                                """,
                        (row, i) -> new Original(
                                new Identifier(row.getString("relname")),
                                row.getBoolean("indisunique"),
                                Optional.ofNullable(row.getString("comment"))),
                        copy.table().oid(),
                        from.value())
                .stream()
                .map(index -> new IndexText(
                        index.name(), index.unique(), indexTail(index.name(), from, to), index.comment()))
                .toList();
    }

    private String indexTail(Identifier index, Identifier from, Identifier to) {
        String tail = tail(copy.table()
                .index(index)
                .orElseThrow(() -> new IllegalStateException(
                        "Index %s is new since table %s was read."
                                .formatted(index, copy.table().name())))
                .definition());
        return renamed(
                "CREATE INDEX neap_probe_index ON " + copy.sql() + " " + tail,
                from,
                to,
                "SELECT pg_get_indexdef('pg_temp.neap_probe_index'::regclass)",
                RenameProbe::tail);
    }

    /** What follows the table in {@code CREATE INDEX … ON table}. */
    static String tail(String definition) {
        return Index.tail(definition);
    }

    private List<ConstraintText> checks(Identifier from, Identifier to) {
        return copy.table()
                .constraints()
                .stream()
                .filter(check -> check.kind() == Constraint.Kind.CHECK && check.columns().contains(from))
                .map(check -> new ConstraintText(check.name(), checkText(check, from, to)))
                .toList();
    }

    private ConstraintText commented(ConstraintText constraint) {
        String comment = jdbc.queryForObject(
                "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conrelid = ? AND conname = ?",
                String.class,
                copy.table().oid(),
                constraint.name().value());
        return new ConstraintText(constraint.name(), constraint.definition(), Optional.ofNullable(comment));
    }

    private String checkText(Constraint check, Identifier from, Identifier to) {
        return renamed(
                "ALTER TABLE " + copy.sql() + " ADD CONSTRAINT neap_probe_check "
                        + withoutNotValid(check.definition()),
                from,
                to,
                """
                        SELECT pg_get_constraintdef(oid) FROM pg_constraint
                        WHERE conname = 'neap_probe_check' AND conrelid = '%s'::regclass
                        """.formatted(copy.sql().replace("'", "''")),
                text -> text);
    }

    /** Steps add it themselves: the new constraint is proved in a step of its own. */
    private static String withoutNotValid(String definition) {
        return definition.endsWith(" NOT VALID")
                ? definition.substring(0, definition.length() - " NOT VALID".length())
                : definition;
    }

    private String renamed(
            String create,
            Identifier from,
            Identifier to,
            String print,
            UnaryOperator<String> shape) {
        Object savepoint = transaction.createSavepoint();
        jdbc.queryForObject("SELECT set_config('search_path', '', true)", String.class);
        jdbc.execute(create);
        jdbc.execute("ALTER TABLE " + copy.sql() + " RENAME COLUMN " + from + " TO " + to);
        String text = Objects.requireNonNull(jdbc.queryForObject(print, String.class));
        // This also gives back the search_path.
        transaction.rollbackToSavepoint(savepoint);
        transaction.releaseSavepoint(savepoint);
        return shape.apply(text);
    }
}
