package dev.neap.catalog;

import dev.neap.catalog.Publicity.Publication;
import dev.neap.catalog.Publicity.PublishedLeaf;
import dev.neap.catalog.Publicity.Scope;
import dev.neap.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which publications have a table. Lists of columns, conditions and whole schemas came with PostgreSQL 15. */
final class PublicityReader {

    private static final int SCHEMAS_SINCE = 15;

    private static final String FACTS = """
            quote_ident(p.pubname) AS name, quote_ident(pg_get_userbyid(p.pubowner)) AS owner,
            pg_has_role(p.pubowner, 'USAGE') AS mine, p.pubviaroot, p.pubupdate OR p.pubdelete AS changes""";

    private final JdbcClient jdbc;
    private final Table table;

    PublicityReader(JdbcClient jdbc, Table table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    Publicity read() {
        return new Publicity(publications(), leaves(), oddLeaves());
    }

    private boolean knowsSchemas() {
        return table.server().major() >= SCHEMAS_SINCE;
    }

    private List<Publication> publications() {
        String columns = knowsSchemas() ? """
                ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs) ORDER BY a.attnum)""" : "'{}'::text[]";
        String schemas = knowsSchemas() ? """
                UNION ALL
                SELECT 'SCHEMA', %s, '{}'
                FROM pg_publication_namespace s JOIN pg_publication p ON p.oid = s.pnpubid
                WHERE s.pnnspid = (SELECT relnamespace FROM pg_class WHERE oid = :table)
                """.formatted(FACTS) : "";
        return jdbc.sql("""
                SELECT 'TABLE' AS scope, %1$s, %2$s AS columns
                FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
                WHERE r.prrelid = :table
                UNION ALL
                SELECT 'DATABASE', %1$s, '{}' FROM pg_publication p WHERE p.puballtables
                %3$s
                ORDER BY name, scope
                """.formatted(FACTS, columns, schemas))
                .param("table", table.oid())
                .query((row, i) -> publication(row))
                .list();
    }

    private static Publication publication(ResultSet row) throws SQLException {
        return new Publication(
                row.getString("name"),
                Scope.valueOf(row.getString("scope")),
                row.getString("owner"),
                row.getBoolean("mine"),
                row.getBoolean("pubviaroot"),
                row.getBoolean("changes"),
                NameArray.read(row, "columns"));
    }

    private List<PublishedLeaf> leaves() {
        String schemas = knowsSchemas() ? """
                UNION
                SELECT quote_ident(p.pubname), n.nspname, c.relname
                FROM part t
                  JOIN pg_class c ON c.oid = t.relid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_publication_namespace s ON s.pnnspid = n.oid
                  JOIN pg_publication p ON p.oid = s.pnpubid
                WHERE n.oid <> (SELECT relnamespace FROM pg_class WHERE oid = :table)
                """ : "";
        return jdbc
                .sql("""
                        WITH part AS (SELECT relid FROM pg_partition_tree(CAST(:table AS oid)) WHERE relid <> CAST(:table AS oid))
                        SELECT quote_ident(p.pubname) AS name, n.nspname, c.relname
                        FROM part t
                          JOIN pg_class c ON c.oid = t.relid
                          JOIN pg_namespace n ON n.oid = c.relnamespace
                          JOIN pg_publication_rel r ON r.prrelid = c.oid
                          JOIN pg_publication p ON p.oid = r.prpubid
                        %s
                        ORDER BY 1, 2, 3
                        """
                        .formatted(schemas))
                .param("table", table.oid())
                .query((row, i) -> new PublishedLeaf(row.getString("name"), relation(row)))
                .list();
    }

    /** ALTER TABLE REPLICA IDENTITY holds for the table that it names alone, and what counts in the end is that of the leaf. */
    private List<QualifiedName> oddLeaves() {
        return jdbc.sql("""
                SELECT n.nspname, l.relname
                FROM pg_partition_tree(CAST(:table AS oid)) t
                  JOIN pg_class l ON l.oid = t.relid
                  JOIN pg_namespace n ON n.oid = l.relnamespace
                  JOIN pg_class c ON c.oid = CAST(:table AS oid)
                WHERE t.isleaf AND l.oid <> c.oid
                  AND (l.relreplident <> c.relreplident
                    OR l.relreplident = 'i' AND NOT EXISTS (
                      SELECT FROM pg_index i CROSS JOIN LATERAL pg_partition_ancestors(i.indexrelid) AS a
                        JOIN pg_index whole ON whole.indexrelid = a.relid
                      WHERE i.indrelid = l.oid AND i.indisreplident
                        AND whole.indrelid = c.oid AND whole.indisreplident))
                ORDER BY n.nspname, l.relname
                """)
                .param("table", table.oid())
                .query((row, i) -> relation(row))
                .list();
    }

    private static QualifiedName relation(ResultSet row) throws SQLException {
        return QualifiedName.of(row.getString("nspname"), row.getString("relname"));
    }
}
