package dev.neap.catalog;

import dev.neap.sql.QualifiedName;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tries a foreign key between the copy and a copy of the table that it references, with its indexes: PostgreSQL says
 * whether the columns are there, are unique, and can be compared.
 */
final class ForeignKeyProbe {

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
        jdbc.execute("ALTER TABLE " + source.sql() + " ADD " + key.definition());
        return into.kind() == Table.Kind.PARTITIONED ? Set.of(name) : Set.of();
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
