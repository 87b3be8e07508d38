package dev.neap.catalog;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Answers.Renamed;
import dev.neap.sql.Identifier;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/** Asks how what hangs on a column reads under a new name. */
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
        new Dependents(jdbc, copy.table()).refuse(from);
        DependentTexts texts = new DependentTexts(
                jdbc, transaction, copy, new DependentTexts.Replacement(from, to, List.of()));
        List<IndexText> indexes = texts.indexes();
        List<ConstraintText> constraints = texts.constraints();
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
}
