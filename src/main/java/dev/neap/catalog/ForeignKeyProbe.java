package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tries a foreign key between the copy and a copy of the table that it references, with its indexes: PostgreSQL says
 * whether the columns are there, are unique, and can be compared.
 */
final class ForeignKeyProbe {

    /** invalid_foreign_key: no primary key or unique constraint is over these columns. */
    private static final String NOT_UNIQUE = "42830";

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TableCopy source;

    ForeignKeyProbe(DataSource dataSource, TableCopy source) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.source = source;
    }

    /**
     * @return the referenced table if it is partitioned; else nothing
     * @throws Prober.Objection if there is no such table, or the role may not reference it
     * @throws org.springframework.dao.DataAccessException if PostgreSQL refuses the key
     */
    Set<QualifiedName> refuse(Probe.NewForeignKey key) {
        QualifiedName name = key.into();
        Table into = switch (new CatalogReader(dataSource).lookup(name)) {
            case Lookup.Found found -> found.table();
            case Lookup.NotATable not ->
                throw new Prober.Objection(
                        "%s is %s, and only a table can be referenced.".formatted(name, not.words()),
                        "Name the table behind it.");
            case Lookup.Missing missing ->
                throw new Prober.Objection(
                        "There is no table %s in this database.".formatted(name), "Check its name and schema.");
        };
        refuseUnprivileged(name);
        String copy = Probe.NewForeignKey.REFERENCED;
        jdbc.execute("DROP TABLE IF EXISTS " + copy + " CASCADE");
        jdbc.execute("CREATE TEMPORARY TABLE " + copy + " (LIKE " + name + " INCLUDING INDEXES)");
        try {
            jdbc.execute("ALTER TABLE " + source.sql() + " ADD " + key.definition());
        } catch (DataAccessException e) {
            throw objection(e, key, into);
        }
        return into.kind() == Table.Kind.PARTITIONED ? Set.of(name) : Set.of();
    }

    /** PostgreSQL only knows the copies, by names that say nothing to anybody. */
    private static RuntimeException objection(DataAccessException e, Probe.NewForeignKey key, Table into) {
        String columns = key.columns().stream().map(Identifier::sql).collect(Collectors.joining(", "));
        if (e.getMostSpecificCause() instanceof SQLException cause && NOT_UNIQUE.equals(cause.getSQLState())) {
            return new Prober.Objection(
                    "(%s) of table %s is not unique, and only what is unique can be referenced."
                            .formatted(columns, key.into()),
                    "Reference the columns of its primary key or of a unique constraint; or make these unique first.");
        }
        String hint = into.columnNames().containsAll(key.columns())
                ? "It would reference (%s) of table %s.".formatted(columns, key.into())
                : "The columns of table %s are %s."
                        .formatted(
                                key.into(),
                                into.columnNames().stream().map(Identifier::sql).collect(Collectors.joining(", ")));
        RuntimeException objection = Prober.Objection.of(e, "PostgreSQL refuses the foreign key: %s.", hint);
        return objection instanceof Prober.Objection
                ? new Prober.Objection(
                        String.valueOf(objection.getMessage())
                                .replace("\"neap_referenced\"", key.into().toString()),
                        hint)
                : objection;
    }

    private void refuseUnprivileged(QualifiedName name) {
        Boolean may = jdbc.queryForObject(
                """
                        SELECT has_table_privilege(?::regclass::oid, 'REFERENCES')
                          OR has_any_column_privilege(?::regclass::oid, 'REFERENCES')
                        """,
                Boolean.class,
                name.sql(),
                name.sql());
        if (!Boolean.TRUE.equals(may)) {
            throw new Prober.Objection(
                    "The role may not reference table %s.".formatted(name),
                    "GRANT REFERENCES ON %s to it; or run Neap as the owner of both tables.".formatted(name));
        }
    }
}
