package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * What a table of another shape is made of, as PostgreSQL prints it with an empty search_path.
 *
 * @param columns those that remain, in the order of the table
 * @param checks that remain
 * @param indexes that remain, with those of the primary key and of unique constraints
 * @param statistics objects of CREATE STATISTICS that remain
 */
public record Reshaped(
        List<NewColumn> columns,
        List<NewCheck> checks,
        List<NewIndex> indexes,
        List<QualifiedName> statistics,
        Storage storage) {

    public Reshaped {
        columns = List.copyOf(columns);
        checks = List.copyOf(checks);
        indexes = List.copyOf(indexes);
        statistics = List.copyOf(statistics);
    }

    /**
     * A column.
     *
     * @param definition all that follows its name in CREATE TABLE, but for an identity
     * @param identity options of its sequence; empty if it is no identity
     * @param settings each what follows {@code ALTER COLUMN name}
     */
    public record NewColumn(
            Identifier name,
            String definition,
            Optional<String> identity,
            List<String> settings,
            Optional<String> comment) {
        public NewColumn {
            settings = List.copyOf(settings);
        }
    }

    /** A check. */
    public record NewCheck(Identifier name, String definition, Optional<String> comment) {}

    /**
     * An index.
     *
     * @param name its present name
     * @param constraint what follows {@code ADD CONSTRAINT name}, if it is a constraint's
     * @param tail what follows the table's name in CREATE INDEX
     */
    public record NewIndex(
            Identifier name,
            Optional<String> constraint,
            boolean unique,
            String tail) {}

    /**
     * Where and how rows are kept at present.
     *
     * @param options storage parameters, also those of its TOAST table: {@code toast.autovacuum_enabled=false}
     * @param tablespace empty for the database's own
     */
    public record Storage(boolean unlogged, List<String> options, Optional<Identifier> tablespace) {
        public Storage {
            options = List.copyOf(options);
        }
    }
}
