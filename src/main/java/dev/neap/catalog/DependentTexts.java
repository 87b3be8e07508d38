package dev.neap.catalog;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Retyped.UniqueText;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/**
 * Asks how what hangs on a column reads over another column: each index and check is made on the copy, the copy's column
 * is renamed, and PostgreSQL prints it again; all with an empty search_path, so that the texts mean the same in any
 * session.
 */
final class DependentTexts {

    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final TableCopy copy;
    private final Replacement replacement;

    /**
     * One column for another.
     *
     * @param from the column that is used now
     * @param to what it is called in the texts
     * @param before statements on the copy after which {@code from} is what the things are to be made over; taken back
     */
    record Replacement(Identifier from, Identifier to, List<String> before) {
        Replacement {
            before = List.copyOf(before);
        }
    }

    DependentTexts(JdbcTemplate jdbc, TransactionStatus transaction, TableCopy copy, Replacement replacement) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.copy = copy;
        this.replacement = replacement;
    }

    /**
     * Indexes but for those of constraints. An index depends on each column that it uses in any way, or else its constraint
     * does.
     */
    List<IndexText> indexes() {
        record Original(Identifier name, boolean unique, Optional<String> comment, List<String> targets) {}
        return jdbc
                .query(
                        """
                                SELECT DISTINCT c.relname, i.indisunique, obj_description(c.oid, 'pg_class') AS comment,
                                  %s AS targets
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
                                """
                                .formatted(Index.TARGETS),
                        (row, i) -> new Original(
                                new Identifier(row.getString("relname")),
                                row.getBoolean("indisunique"),
                                Optional.ofNullable(row.getString("comment")),
                                TextArray.read(row, "targets")),
                        copy.table().oid(),
                        replacement.from().value())
                .stream()
                .map(index -> new IndexText(
                        index.name(), index.unique(), indexTail(index.name()), index.comment(), index.targets()))
                .toList();
    }

    /** Unique constraints and the primary key. */
    List<UniqueText> uniques() {
        record Original(Identifier name, boolean primary, String deferral, Optional<String> comment) {}
        return jdbc
                .query(
                        """
                                SELECT k.conname, k.contype = 'p' AS primary,
                                  CASE WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END
                                    || CASE WHEN k.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END AS deferral,
                                  obj_description(k.oid, 'pg_constraint') AS comment
                                FROM pg_constraint k
                                  JOIN pg_index i ON i.indexrelid = k.conindid
                                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
                                WHERE k.conrelid = ? AND k.contype IN ('p', 'u') AND a.attname = ?
                                ORDER BY k.conname
                                """,
                        (row, i) -> new Original(
                                new Identifier(row.getString("conname")),
                                row.getBoolean("primary"),
                                row.getString("deferral"),
                                Optional.ofNullable(row.getString("comment"))),
                        copy.table().oid(),
                        replacement.from().value())
                .stream()
                .map(key -> new UniqueText(
                        key.name(),
                        key.primary(),
                        indexTail(key.name()),
                        present(key.name()),
                        key.deferral(),
                        key.comment()))
                .toList();
    }

    private String present(Identifier index) {
        return copy.table()
                .index(index)
                .orElseThrow(() -> new IllegalStateException(
                        "Index %s is new since table %s was read."
                                .formatted(index, copy.table().name())))
                .tail();
    }

    private String indexTail(Identifier index) {
        return replaced(
                "index " + index,
                "CREATE INDEX neap_probe_index ON " + copy.sql() + " " + present(index),
                "SELECT " + Index.PRINTED + " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                        + " WHERE c.oid = 'pg_temp.neap_probe_index'::regclass",
                Index::tail);
    }

    /** Checks and outgoing foreign keys. */
    List<ConstraintText> constraints() {
        List<ConstraintText> constraints = new ArrayList<>(checks());
        constraints.addAll(new ForeignKeyTexts(jdbc)
                .renamed(copy.table().oid(), replacement.from(), replacement.to()));
        constraints.replaceAll(this::commented);
        constraints.sort(Comparator.comparing(ConstraintText::name));
        return constraints;
    }

    private List<ConstraintText> checks() {
        return copy.table()
                .constraints()
                .stream()
                .filter(check -> check.kind() == Constraint.Kind.CHECK
                        && check.columns().contains(replacement.from()))
                .map(check -> new ConstraintText(check.name(), checkText(check)))
                .toList();
    }

    private ConstraintText commented(ConstraintText constraint) {
        String comment = jdbc.queryForObject(
                "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conrelid = ? AND conname = ?",
                String.class,
                copy.table().oid(),
                constraint.name().value());
        return new ConstraintText(
                constraint.name(), constraint.definition(), Optional.ofNullable(comment), constraint.parent());
    }

    private String checkText(Constraint check) {
        return replaced(
                "constraint " + check.name(),
                "ALTER TABLE " + copy.sql() + " ADD CONSTRAINT neap_probe_check "
                        + withoutNotValid(check.definition()),
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

    private String replaced(String what, String create, String print, UnaryOperator<String> shape) {
        Object savepoint = transaction.createSavepoint();
        replacement.before().forEach(jdbc::execute);
        jdbc.queryForObject("SELECT set_config('search_path', '', true)", String.class);
        try {
            jdbc.execute(create);
        } catch (DataAccessException e) {
            throw Prober.Objection.of(
                    e,
                    "PostgreSQL refuses " + what + " over the new column: %s.",
                    "Drop it first, and make one that fits once the change is completed.");
        }
        jdbc.execute("ALTER TABLE " + copy.sql() + " RENAME COLUMN " + replacement.from() + " TO "
                + replacement.to());
        String text = Objects.requireNonNull(jdbc.queryForObject(print, String.class));
        // This also gives back the search_path.
        transaction.rollbackToSavepoint(savepoint);
        transaction.releaseSavepoint(savepoint);
        return shape.apply(text);
    }
}
