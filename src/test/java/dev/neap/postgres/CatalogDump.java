package dev.neap.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * What the catalog says about one table, a line a fact, in an order of its own: so that two tables which came about in
 * different ways can be compared.
 *
 * <p>Not in it: the order of the columns, and the names of NOT NULL constraints (which have names since PostgreSQL 18),
 * since neither means anything to a statement that names its columns.
 */
public final class CatalogDump {

    private static final String TABLE = """
            SELECT format('table kind=%s persistence=%s owner=%s acl=%s options=%s rls=%s/%s identity=%s comment=%s',
                          relkind, relpersistence, relowner::regrole, ARRAY(SELECT unnest(relacl)::text ORDER BY 1), reloptions,
                          relrowsecurity, relforcerowsecurity, relreplident, obj_description(oid, 'pg_class'))
              FROM pg_class WHERE oid = CAST(? AS regclass)
            """;

    private static final String COLUMNS = """
            SELECT format('column %s type=%s collation=%s notnull=%s identity=%s generated=%s default=%s comment=%s acl=%s'
                            || ' options=%s statistics=%s storage=%s compression=%s',
                          a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation, a.attnotnull,
                          a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid),
                          col_description(a.attrelid, a.attnum), ARRAY(SELECT unnest(a.attacl)::text ORDER BY 1),
                          a.attoptions, nullif(a.attstattarget, -1), a.attstorage, a.attcompression)
              FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attname
            """;

    private static final String INDEXES = """
            SELECT format('index %s valid=%s ready=%s clustered=%s identity=%s options=%s tablespace=%s targets=%s'
                            || ' comment=%s',
                          pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready, i.indisclustered, i.indisreplident,
                          c.reloptions, (SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace),
                          (SELECT array_agg(nullif(a.attstattarget, -1) ORDER BY a.attnum)
                             FROM pg_attribute a WHERE a.attrelid = c.oid),
                          obj_description(c.oid, 'pg_class'))
              FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
             WHERE i.indrelid = CAST(? AS regclass)
             ORDER BY c.relname
            """;

    private static final String CONSTRAINTS = """
            SELECT format('constraint %s %s validated=%s comment=%s',
                          CASE WHEN contype <> 'n' THEN conname END, pg_get_constraintdef(oid), convalidated,
                          obj_description(oid, 'pg_constraint'))
              FROM pg_constraint
             WHERE conrelid = CAST(? AS regclass)
             ORDER BY 1
            """;

    private static final String TRIGGERS = """
            SELECT format('trigger %s enabled=%s comment=%s', pg_get_triggerdef(oid), tgenabled,
                          obj_description(oid, 'pg_trigger'))
              FROM pg_trigger
             WHERE tgrelid = CAST(? AS regclass) AND NOT tgisinternal
             ORDER BY tgname
            """;

    private static final String STATISTICS = """
            SELECT format('statistics %s target=%s comment=%s', pg_get_statisticsobjdef(oid), nullif(stxstattarget, -1),
                          obj_description(oid, 'pg_statistic_ext'))
              FROM pg_statistic_ext
             WHERE stxrelid = CAST(? AS regclass)
             ORDER BY 1
            """;

    private static final String POLICIES = """
            SELECT format('policy %s %s for %s to %s using %s check %s comment=%s', p.policyname, p.permissive, p.cmd,
                          p.roles, p.qual, p.with_check, obj_description(o.oid, 'pg_policy'))
              FROM pg_policies p JOIN pg_class c ON c.oid = CAST(? AS regclass)
              JOIN pg_policy o ON o.polrelid = c.oid AND o.polname = p.policyname
             WHERE p.tablename = c.relname AND p.schemaname = c.relnamespace::regnamespace::text
             ORDER BY p.policyname
            """;

    private static final String PARTITIONS = """
            SELECT format('partition %s %s options=%s indexes=%s owner=%s identity=%s %s tablespaces=%s', c.relname,
                          pg_get_expr(c.relpartbound, c.oid), c.reloptions,
                          (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid AND i.indisvalid),
                          c.relowner::regrole, c.relreplident,
                          (SELECT i.indkey FROM pg_index i WHERE i.indrelid = c.oid AND i.indisreplident),
                          (SELECT string_agg(s.spcname, ',' ORDER BY s.spcname) FROM pg_class k
                             JOIN pg_tablespace s ON s.oid = k.reltablespace
                            WHERE k.oid = c.oid OR k.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = c.oid)))
              FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
             WHERE h.inhparent = CAST(? AS regclass)
             ORDER BY c.relname
            """;

    private static final String REFERENCES = """
            SELECT format('referenced by %s %s %s validated=%s', conrelid::regclass, conname, pg_get_constraintdef(oid),
                          convalidated)
              FROM pg_constraint
             WHERE confrelid = CAST(? AS regclass) AND contype = 'f' AND conparentid = 0
             ORDER BY 1
            """;

    private static final String VIEWS = """
            SELECT DISTINCT format('view %s %s', v.oid::regclass, pg_get_viewdef(v.oid))
              FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
              JOIN pg_class v ON v.oid = r.ev_class
             WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = CAST(? AS regclass)
             ORDER BY 1
            """;

    private static final String OWNED = """
            SELECT format('sequence %s', pg_get_serial_sequence(c.oid::regclass::text, a.attname))
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE c.oid = CAST(? AS regclass) AND pg_get_serial_sequence(c.oid::regclass::text, a.attname) IS NOT NULL
             ORDER BY 1
            """;

    /** Lists of columns and conditions came with PostgreSQL 15. */
    private static final String PUBLICATIONS = """
            SELECT format('publication %s columns=%s where=%s', t.pubname,
                          (SELECT string_agg(a, ',' ORDER BY a)
                             FROM jsonb_array_elements_text(to_jsonb(t) -> 'attnames') AS a),
                          to_jsonb(t) ->> 'rowfilter')
              FROM pg_publication_tables t JOIN pg_class c ON c.oid = CAST(? AS regclass)
             WHERE t.tablename = c.relname AND t.schemaname = c.relnamespace::regnamespace::text
             ORDER BY t.pubname
            """;

    private static final List<String> QUERIES = List.of(
            TABLE, COLUMNS, INDEXES, CONSTRAINTS, TRIGGERS, STATISTICS, POLICIES, PARTITIONS, REFERENCES, VIEWS, OWNED,
            PUBLICATIONS);

    private CatalogDump() {}

    /** @param table as SQL: {@code public.users} */
    public static List<String> of(TestDatabase database, String table) {
        List<String> lines = new ArrayList<>();
        QUERIES.forEach(query -> lines.addAll(database.list(String.class, query, table)));
        return lines;
    }
}
