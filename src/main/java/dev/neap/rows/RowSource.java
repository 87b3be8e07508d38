package dev.neap.rows;

import dev.neap.backfill.Ranges.KeyPart;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table as the row path finds it.
 *
 * @param key what tells its rows apart
 * @param types of all its columns
 */
record RowSource(QualifiedName table, List<KeyPart> key, Map<Identifier, ColumnType> types) {

    /** The types are printed, and later read, by sessions with the same search_path. */
    private static final String TYPES = """
            WITH RECURSIVE layer AS (
              SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS declared, t.typdelim, t.oid, t.typtype,
                t.typbasetype
              FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
              WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
              SELECT l.attname, l.declared, l.typdelim, t.oid, t.typtype, t.typbasetype
              FROM layer l JOIN pg_type t ON t.oid = l.typbasetype
              WHERE l.typtype = 'd')
            SELECT attname, declared, format_type(oid, NULL) AS base, typtype = 'c' AS composite, typdelim
            FROM layer WHERE typtype <> 'd'""";

    static RowSource of(JdbcClient jdbc, QualifiedName table, List<KeyPart> key) {
        Map<Identifier, ColumnType> types = new java.util.HashMap<>();
        jdbc.sql(TYPES)
                .param(table.sql())
                .query(row -> {
                    types.put(
                            new Identifier(row.getString("attname")),
                            new ColumnType(
                                    row.getString("declared"),
                                    row.getString("base"),
                                    row.getBoolean("composite"),
                                    row.getString("typdelim").charAt(0)));
                });
        return new RowSource(table, key, Map.copyOf(types));
    }

    /** @throws IllegalStateException if there is no such column any more */
    ColumnType type(Identifier column) {
        ColumnType type = types.get(column);
        if (type == null) {
            throw new IllegalStateException("Table %s has no column %s any more.".formatted(table, column));
        }
        return type;
    }

    /** The beginning of names that none of its columns has. */
    String alias() {
        String alias = "neap_";
        while (beginsAColumn(alias)) {
            alias += "_";
        }
        return alias;
    }

    private boolean beginsAColumn(String alias) {
        return types.keySet().stream().anyMatch(column -> column.value().startsWith(alias));
    }
}
