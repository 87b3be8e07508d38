package dev.neap.catalog;

import dev.neap.catalog.Surroundings.Closed;
import dev.neap.catalog.Surroundings.Dependent;
import dev.neap.catalog.Surroundings.Grant;
import dev.neap.catalog.Surroundings.Ownership;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what is around a table, with an empty search_path, so that the texts which PostgreSQL prints mean the same in any
 * session.
 */
final class SurroundingsReader {

    private final JdbcClient jdbc;
    private final Table table;

    SurroundingsReader(JdbcClient jdbc, Table table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /**
     * @param names of which it is asked whether they are taken in the table's schema
     * @param withoutEquality the columns whose values can't be told apart
     */
    Surroundings read(List<Identifier> names, List<Identifier> withoutEquality) {
        String path = jdbc.sql("SELECT current_setting('search_path')").query(String.class).single();
        searchPath("");
        Surroundings found = new Surroundings(
                ownership(), dependents(), new PublicityReader(jdbc, table).read(), descent(), closed(), taken(names),
                new BelongingsReader(jdbc, table.oid()).read(withoutEquality));
        searchPath(path);
        return found;
    }

    private List<Closed> closed() {
        return jdbc.sql("""
                SELECT n.nspname, c.relname, s.spcname, quote_ident(current_user) AS role
                FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_tablespace s ON s.oid = c.reltablespace
                WHERE (c.oid = :table OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = :table))
                  AND NOT has_tablespace_privilege(s.oid, 'CREATE')
                ORDER BY c.oid <> :table, c.relname
                """)
                .param("table", table.oid())
                .query((row, i) -> new Closed(
                        QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                        new Identifier(row.getString("spcname")),
                        row.getString("role")))
                .list();
    }

    private void searchPath(String path) {
        jdbc.sql("SELECT set_config('search_path', ?, true)").param(path).query().singleRow();
    }

    private Ownership ownership() {
        List<Grant> grants = grants();
        return jdbc.sql("""
                SELECT quote_ident(pg_get_userbyid(c.relowner)) AS owner,
                  pg_get_userbyid(c.relowner) = current_user AS mine,
                  obj_description(c.oid, 'pg_class') AS comment, c.relrowsecurity, c.relforcerowsecurity,
                  (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS beyond
                FROM pg_class c WHERE c.oid = ?
                """)
                .param(table.oid())
                .query((row, i) -> new Ownership(
                        row.getString("owner"),
                        row.getBoolean("mine"),
                        grants,
                        Optional.ofNullable(row.getString("comment")),
                        row.getBoolean("relrowsecurity"),
                        row.getBoolean("relforcerowsecurity"),
                        row.getBoolean("beyond")))
                .single();
    }

    private List<Grant> grants() {
        return jdbc.sql("""
                SELECT acl.privilege_type AS privilege, coalesce(quote_ident(r.rolname), 'PUBLIC') AS grantee,
                  acl.is_grantable
                FROM pg_class c
                  CROSS JOIN LATERAL aclexplode(c.relacl) AS acl
                  LEFT JOIN pg_roles r ON r.oid = acl.grantee
                WHERE c.oid = :table AND acl.grantee <> c.relowner
                UNION ALL
                SELECT acl.privilege_type || ' (' || quote_ident(a.attname) || ')',
                  coalesce(quote_ident(r.rolname), 'PUBLIC'), acl.is_grantable
                FROM pg_class c
                  JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
                  CROSS JOIN LATERAL aclexplode(a.attacl) AS acl
                  LEFT JOIN pg_roles r ON r.oid = acl.grantee
                WHERE c.oid = :table AND acl.grantee <> c.relowner
                ORDER BY grantee, privilege
                """)
                .param("table", table.oid())
                .query((row, i) -> new Grant(
                        row.getString("privilege"), row.getString("grantee"), row.getBoolean("is_grantable")))
                .list();
    }

    /** A view depends by way of its rewrite rule. What belongs to the table itself goes with it. */
    private List<Dependent> dependents() {
        return jdbc.sql("""
                WITH own AS (
                  SELECT 'pg_class'::regclass AS class, c.oid, 0 AS wanted FROM pg_class c WHERE c.oid = :table
                  UNION ALL
                  SELECT 'pg_type'::regclass, t.oid, 0 FROM pg_type t
                  WHERE t.oid IN (SELECT c.reltype FROM pg_class c WHERE c.oid = :table)
                    OR t.typelem IN (SELECT c.reltype FROM pg_class c WHERE c.oid = :table) AND t.typlen = -1
                  UNION ALL
                  SELECT 'pg_class'::regclass, s.objid, 0 FROM pg_depend s
                    JOIN pg_class q ON q.oid = s.objid AND q.relkind = 'S'
                  WHERE s.classid = 'pg_class'::regclass AND s.refclassid = 'pg_class'::regclass
                    AND s.refobjid = :table AND s.deptype IN ('a', 'i')
                )
                SELECT DISTINCT
                  CASE
                    WHEN v.relkind = 'v' THEN 'VIEW'
                    WHEN v.relkind = 'm' THEN 'MATERIALIZED_VIEW'
                    WHEN k.contype = 'f' THEN 'FOREIGN_KEY'
                    ELSE 'OTHER'
                  END AS kind,
                  CASE WHEN v.relkind IN ('v', 'm')
                    THEN pg_describe_object('pg_class'::regclass, v.oid, 0)
                    ELSE pg_describe_object(d.classid, d.objid, d.objsubid)
                  END AS words
                FROM own o
                  JOIN pg_depend d ON d.refclassid = o.class AND d.refobjid = o.oid AND d.deptype = 'n'
                  LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
                  LEFT JOIN pg_class v ON v.oid = r.ev_class
                  LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
                  LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
                  LEFT JOIN pg_trigger g ON d.classid = 'pg_trigger'::regclass AND g.oid = d.objid
                  LEFT JOIN pg_policy p ON d.classid = 'pg_policy'::regclass AND p.oid = d.objid
                  LEFT JOIN pg_publication_rel b ON d.classid = 'pg_publication_rel'::regclass AND b.oid = d.objid
                WHERE coalesce(v.oid, k.conrelid, f.adrelid, g.tgrelid, p.polrelid, b.prrelid, 0) <> :table
                  AND coalesce(k.conparentid, 0) = 0
                  AND NOT EXISTS (SELECT FROM own x WHERE x.class = d.classid AND x.oid = d.objid)
                ORDER BY kind, words
                """)
                .param("table", table.oid())
                .query((row, i) -> new Dependent(
                        Dependent.Kind.valueOf(row.getString("kind")), row.getString("words")))
                .list();
    }

    private Optional<String> descent() {
        return jdbc.sql("""
                SELECT CASE
                    WHEN c.relispartition THEN 'is a partition of ' || i.inhparent::regclass
                    WHEN i.inhrelid = c.oid THEN 'inherits from ' || i.inhparent::regclass
                    ELSE 'is inherited from by ' || i.inhrelid::regclass
                  END
                FROM pg_class c
                  JOIN pg_inherits i ON i.inhrelid = c.oid OR i.inhparent = c.oid AND c.relkind <> 'p'
                WHERE c.oid = ?
                LIMIT 1
                """)
                .param(table.oid())
                .query(String.class)
                .optional();
    }

    private List<Identifier> taken(List<Identifier> names) {
        return names.stream()
                .filter(name -> jdbc.sql("""
                        SELECT EXISTS (SELECT FROM pg_class WHERE relname = :name AND relnamespace = n.oid)
                            OR EXISTS (SELECT FROM pg_type WHERE typname = :name AND typnamespace = n.oid)
                        FROM pg_namespace n WHERE n.nspname = :schema
                        """)
                        .param("name", name.value())
                        .param("schema", table.name().schema().value())
                        .query(Boolean.class)
                        .single())
                .toList();
    }
}
