package dev.neap.catalog;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/** Asks what it takes to give a column another type: its methods in this order, each only if those before it went well. */
final class RetypeProbe {

    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final TableCopy copy;
    private final Probe.Retype asked;

    RetypeProbe(JdbcTemplate jdbc, TransactionStatus transaction, TableCopy copy, Probe.Retype asked) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.copy = copy;
        this.asked = asked;
    }

    /** Of what else depends on a column (views, triggers, foreign keys), the table itself tells. */
    void mustStandAlone() {
        // Nothing but a question whether the column exists, which PostgreSQL answers with a hint.
        jdbc.execute("EXPLAIN SELECT " + asked.column() + " FROM " + copy.sql());
        new Dependents(jdbc, copy.table()).refuse(asked.column());
    }

    /** The second column, beside the first. */
    void addColumn() {
        String collation = asked.type().collation().map(name -> " COLLATE " + name).orElse("");
        if (copy.addColumn(asked.fresh(), asked.type().type(), collation)) {
            throw new Prober.Objection(
                    "Adding a column of type %s rewrites the table under ACCESS EXCLUSIVE."
                            .formatted(asked.type().type()),
                    "Use the plain type under it, and a constraint of its own.");
        }
    }

    /** The new value from the old. */
    ExpressionFacts using() {
        return asked.type().using().isPresent()
                ? new ExpressionProbe(jdbc, copy)
                        .expression(asked.type().using().get(), Optional.of(asked.fresh()))
                : cast(
                        asked.fresh(),
                        "PostgreSQL does not cast the old type to the new one by itself: %s.",
                        "Say under using how the new value is made from the old: %s::%s."
                                .formatted(asked.column(), asked.type().type()));
    }

    /** The old value from the new, once the names have been changed. */
    ExpressionFacts reverse() {
        Object savepoint = transaction.createSavepoint();
        changeNames().forEach(jdbc::execute);
        ExpressionFacts facts = reversed();
        transaction.rollbackToSavepoint(savepoint);
        transaction.releaseSavepoint(savepoint);
        return facts;
    }

    /** The same where the names have been changed already. */
    ExpressionFacts reversed() {
        return asked.type().reverse().isPresent()
                ? new ExpressionProbe(jdbc, copy)
                        .expression(asked.type().reverse().get(), Optional.of(asked.past()))
                : cast(
                        asked.past(),
                        "PostgreSQL does not cast the new type back to the old one by itself, so that the way back would"
                                + " be closed: %s.",
                        "Say under reverse how the old value is made from the new: %s::%s."
                                .formatted(asked.column(), copy.typeOf(asked.past())));
    }

    /** Statements that give each of both columns the name that it will have. */
    List<String> changeNames() {
        String rename = "ALTER TABLE " + copy.sql() + " RENAME COLUMN ";
        return List.of(
                rename + asked.column() + " TO " + asked.past(),
                rename + asked.fresh() + " TO " + asked.column());
    }

    private ExpressionFacts cast(Identifier target, String objection, String remedy) {
        try {
            return new ExpressionProbe(jdbc, copy).expression(asked.column().sql(), Optional.of(target));
        } catch (DataAccessException e) {
            throw Prober.Objection.of(e, objection, remedy);
        }
    }

    /** All that hangs on the column. */
    Retyped retyped() {
        DependentTexts texts = new DependentTexts(
                jdbc,
                transaction,
                copy,
                new DependentTexts.Replacement(asked.column(), asked.fresh(), changeNames()));
        Optional<Retyped.Direct> direct = new DirectRetype(jdbc, transaction, copy, asked).ask();
        return new Retyped(
                copy.typeOf(asked.fresh()),
                collation(),
                direct,
                direct.isPresent() ? List.of() : texts.indexes(),
                direct.isPresent() ? List.of() : texts.uniques(),
                direct.isPresent() ? List.of() : texts.constraints(),
                new ColumnSettings(jdbc, copy.table()).retyped(asked.column(), asked.fresh()),
                direct.isPresent()
                        ? Optional.empty()
                        : new RetypedDefault(jdbc, transaction, copy, asked).sql(),
                sequence(),
                marks());
    }

    private Optional<String> collation() {
        return jdbc.query(
                """
                        SELECT format('%I.%I', n.nspname, c.collname) AS collation
                        FROM pg_attribute a
                          JOIN pg_type t ON t.oid = a.atttypid
                          JOIN pg_collation c ON c.oid = a.attcollation
                          JOIN pg_namespace n ON n.oid = c.collnamespace
                        WHERE a.attrelid = ?::regclass AND a.attname = ? AND a.attcollation <> t.typcollation
                        """,
                (row, i) -> row.getString("collation"),
                copy.sql(),
                asked.fresh().value())
                .stream()
                .findFirst();
    }

    private Optional<QualifiedName> sequence() {
        return jdbc
                .query(
                        """
                                SELECT n.nspname, s.relname
                                FROM pg_depend d
                                  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                                  JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                                  JOIN pg_namespace n ON n.oid = s.relnamespace
                                WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                                  AND d.deptype IN ('a', 'i') AND a.attrelid = ? AND a.attname = ?
                                ORDER BY s.relname
                                """,
                        (row, i) -> QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                        copy.table().oid(),
                        asked.column().value())
                .stream()
                .findFirst();
    }

    private List<String> marks() {
        return jdbc
                .query(
                        """
                                SELECT c.relname, mark.action
                                FROM pg_index i
                                  JOIN pg_class c ON c.oid = i.indexrelid
                                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
                                  CROSS JOIN LATERAL (VALUES
                                    ('REPLICA IDENTITY USING INDEX', i.indisreplident),
                                    ('CLUSTER ON', i.indisclustered)) AS mark (action, made)
                                WHERE i.indrelid = ? AND a.attname = ? AND mark.made
                                ORDER BY mark.action
                                """,
                        (row, i) -> "ALTER TABLE %s %s %s"
                                .formatted(
                                        copy.table().name(),
                                        row.getString("action"),
                                        new Identifier(row.getString("relname"))),
                        copy.table().oid(),
                        asked.column().value());
    }
}
