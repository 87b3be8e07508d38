package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import dev.neap.sql.Identifier;
import java.util.List;

/**
 * The columns of a table as a release of an application knows them: compiled in, whatever becomes of the table.
 *
 * @param all in the table's order
 */
record TableColumns(List<Column> all) {

    /**
     * @param name as SQL
     * @param type as {@code format_type} prints it
     * @param key whether it belongs to the primary key
     * @param generated whether PostgreSQL fills it: an identity
     */
    record Column(String name, String type, boolean nullable, boolean key, boolean generated) {}

    /** @param table as SQL */
    static TableColumns of(TestDatabase database, String table) {
        return new TableColumns(
                database
                        .rows(
                                """
                                        SELECT a.attname, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS nullable,
                                               a.attidentity <> '' AS generated, coalesce(a.attnum = ANY (i.indkey), false) AS key
                                          FROM pg_attribute a
                                          LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
                                         WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
                                         ORDER BY a.attnum
                                        """,
                                table)
                        .stream()
                        .map(row -> new Column(
                                new Identifier((String) row.get("attname")).sql(),
                                (String) row.get("type"),
                                (Boolean) row.get("nullable"),
                                (Boolean) row.get("key"),
                                (Boolean) row.get("generated")))
                        .toList());
    }

    /** As SQL. */
    List<String> names() {
        return all.stream().map(Column::name).toList();
    }
}
