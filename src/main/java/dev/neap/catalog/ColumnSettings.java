package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes the statements that give a new column an old one's comment, statistics target, storage and privileges. */
final class ColumnSettings {

    private static final int STATISTICS = 1;
    private static final int STORAGE = 2;
    private static final int COMPRESSION = 3;
    private static final int OPTIONS = 4;

    private final JdbcTemplate jdbc;
    private final Table table;

    ColumnSettings(JdbcTemplate jdbc, Table table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    List<String> renamed(Identifier from, Identifier to) {
        return statements(from, to, List.of(STATISTICS, STORAGE, COMPRESSION, OPTIONS));
    }

    /** Without what belongs to the type: a new one is stored as it is by itself, as ALTER COLUMN TYPE has it too. */
    List<String> retyped(Identifier from, Identifier to) {
        return statements(from, to, List.of(STATISTICS, OPTIONS));
    }

    private List<String> statements(Identifier from, Identifier to, List<Integer> settings) {
        List<String> statements = new ArrayList<>();
        statements.addAll(comment(from, to));
        statements.addAll(settings(from, to, settings));
        statements.addAll(grants(from, to));
        return statements;
    }

    private List<String> comment(Identifier from, Identifier to) {
        return jdbc
                .query(
                        """
                                SELECT d.description
                                FROM pg_description d JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
                                WHERE d.classoid = 'pg_class'::regclass AND d.objoid = ? AND a.attname = ?
                                """,
                        (row, i) -> "COMMENT ON COLUMN %s.%s IS %s"
                                .formatted(table.name(), to, Literal.of(row.getString("description"))),
                        table.oid(),
                        from.value());
    }

    /** Only what differs from what a new column has by itself; until 16, -1 stood for no statistics target. */
    private List<String> settings(Identifier from, Identifier to, List<Integer> numbers) {
        return jdbc
                .queryForList(
                        """
                                SELECT action
                                FROM pg_attribute a
                                  JOIN pg_type t ON t.oid = a.atttypid
                                  CROSS JOIN LATERAL (VALUES
                                    (1, 'SET STATISTICS ' || nullif(a.attstattarget, -1)),
                                    (2, CASE WHEN a.attstorage <> t.typstorage THEN 'SET STORAGE ' || CASE a.attstorage
                                      WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
                                    (3, CASE a.attcompression
                                      WHEN 'p' THEN 'SET COMPRESSION pglz' WHEN 'l' THEN 'SET COMPRESSION lz4' END),
                                    (4, 'SET (' || array_to_string(a.attoptions, ', ') || ')')
                                  ) AS setting (number, action)
                                WHERE a.attrelid = ? AND a.attname = ? AND action IS NOT NULL AND number = ANY (?::int[])
                                ORDER BY number
                                """,
                        String.class,
                        table.oid(),
                        from.value(),
                        numbers.toString().replace('[', '{').replace(']', '}'))
                .stream()
                .map(action -> "ALTER TABLE %s ALTER COLUMN %s %s".formatted(table.name(), to, action))
                .toList();
    }

    private List<String> grants(Identifier from, Identifier to) {
        return jdbc.query(
                """
                        SELECT acl.privilege_type, acl.is_grantable, coalesce(quote_ident(r.rolname), 'PUBLIC') AS grantee
                        FROM pg_attribute a
                          CROSS JOIN LATERAL aclexplode(a.attacl) AS acl
                          LEFT JOIN pg_roles r ON r.oid = acl.grantee
                        WHERE a.attrelid = ? AND a.attname = ?
                        ORDER BY grantee, acl.privilege_type
                        """,
                (row, i) -> "GRANT %s (%s) ON %s TO %s%s"
                        .formatted(
                                row.getString("privilege_type"),
                                to,
                                table.name(),
                                row.getString("grantee"),
                                row.getBoolean("is_grantable") ? " WITH GRANT OPTION" : ""),
                table.oid(),
                from.value());
    }
}
