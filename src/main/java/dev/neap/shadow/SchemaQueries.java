package dev.neap.shadow;

import java.util.List;
import java.util.stream.Stream;

/**
 * One query a kind of object; each row is a statement that makes one. 16384 is {@code FirstNormalObjectId}: what is below
 * was made by initdb. Written for PostgreSQL 14 to 18.
 */
final class SchemaQueries {

    private static final String SCHEMAS = """
            SELECT format('CREATE SCHEMA IF NOT EXISTS %%I', n.nspname)
            FROM pg_namespace n
            WHERE %s
            ORDER BY n.oid
            """.formatted(own("'pg_namespace'", "n.oid"));

    private static final String EXTENSIONS = """
            SELECT format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I CASCADE', e.extname, n.nspname)
            FROM pg_extension e
              JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname <> 'plpgsql'
            ORDER BY e.oid
            """;

    private static final String ENUMS = """
            SELECT format('CREATE TYPE %%I.%%I AS ENUM (%%s)', n.nspname, t.typname,
              (SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
               FROM pg_enum l WHERE l.enumtypid = t.oid))
            FROM pg_type t
              JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typtype = 'e' AND %s
            ORDER BY t.oid
            """.formatted(own("'pg_type'", "t.oid"));

    private static final String DOMAINS = """
            SELECT format('CREATE DOMAIN %%I.%%I AS %%s%%s%%s%%s', n.nspname, t.typname,
              format_type(t.typbasetype, t.typtypmod),
              ' DEFAULT ' || t.typdefault,
              CASE WHEN t.typnotnull THEN ' NOT NULL' END,
              (SELECT string_agg(format(' CONSTRAINT %%I %%s', c.conname, pg_get_constraintdef(c.oid)), '')
               FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c' AND c.convalidated))
            FROM pg_type t
              JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typtype = 'd' AND %s
            ORDER BY t.oid
            """.formatted(own("'pg_type'", "t.oid"));

    private static final String COMPOSITES = """
            SELECT format('CREATE TYPE %%I.%%I AS (%%s)', n.nspname, c.relname,
              (SELECT string_agg(format('%%I %%s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
                 ORDER BY a.attnum)
               FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
            FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'c' AND %s
            ORDER BY c.oid
            """.formatted(own("'pg_class'", "c.oid"));

    private static final String RANGES = """
            SELECT format('CREATE TYPE %%I.%%I AS RANGE (SUBTYPE = %%s)', n.nspname, t.typname,
              format_type(r.rngsubtype, NULL))
            FROM pg_range r
              JOIN pg_type t ON t.oid = r.rngtypid
              JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE %s
            ORDER BY t.oid
            """.formatted(own("'pg_type'", "t.oid"));

    /** Those of identity columns come with their columns. */
    private static final String SEQUENCES = """
            SELECT format('CREATE SEQUENCE %%I.%%I AS %%s', n.nspname, c.relname, format_type(s.seqtypid, NULL))
            FROM pg_sequence s
              JOIN pg_class c ON c.oid = s.seqrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relpersistence <> 't'
              AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i') AND %s
            ORDER BY c.oid
            """.formatted(own("'pg_class'", "c.oid"));

    private static final String FUNCTIONS = """
            SELECT pg_get_functiondef(p.oid)
            FROM pg_proc p
              JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.prokind IN ('f', 'p', 'w') AND p.oid >= 16384 AND %s
            ORDER BY p.oid
            """.formatted(own("'pg_proc'", "p.oid"));

    /** So that dropping a table drops its sequence, as on the target. */
    private static final String OWNED_SEQUENCES = """
            SELECT format('ALTER SEQUENCE %%I.%%I OWNED BY %%s.%%I', n.nspname, c.relname, d.refobjid::regclass,
              a.attname)
            FROM pg_depend d
              JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'
              AND %s
            ORDER BY c.oid
            """.formatted(own("'pg_class'", "c.oid"));

    private static final String INDEXES = """
            SELECT replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
            FROM pg_index i
              JOIN pg_class c ON c.oid = i.indexrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT c.relispartition AND c.relpersistence <> 't' AND i.indislive
              AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
              AND %s
            ORDER BY c.oid
            """
            .formatted(own("'pg_class'", "i.indrelid"));

    private static final String VIEWS = """
            SELECT format('CREATE %%sVIEW %%I.%%I AS %%s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' END, n.nspname,
              c.relname, pg_get_viewdef(c.oid))
            FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND %s
            ORDER BY c.oid
            """.formatted(own("'pg_class'", "c.oid"));

    /** Without Neap's own, whose functions stay behind: a change is open. */
    private static final String TRIGGERS = """
            SELECT pg_get_triggerdef(t.oid)
            FROM pg_trigger t
              JOIN pg_class c ON c.oid = t.tgrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_proc f ON f.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND f.pronamespace IS DISTINCT FROM to_regnamespace('neap') AND %s
            ORDER BY t.oid
            """
            .formatted(own("'pg_class'", "c.oid"));

    /** Without the roles that they are for. */
    private static final String POLICIES = """
            SELECT format('CREATE POLICY %%I ON %%I.%%I%%s FOR %%s%%s%%s', p.polname, n.nspname, c.relname,
              CASE WHEN NOT p.polpermissive THEN ' AS RESTRICTIVE' END,
              CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
                ELSE 'ALL' END,
              ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
              ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
            FROM pg_policy p
              JOIN pg_class c ON c.oid = p.polrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE %s
            ORDER BY p.oid
            """.formatted(own("'pg_class'", "c.oid"));

    private static final String STATISTICS = """
            SELECT pg_get_statisticsobjdef(s.oid)
            FROM pg_statistic_ext s
              JOIN pg_namespace n ON n.oid = s.stxnamespace
            WHERE %s
            ORDER BY s.oid
            """.formatted(own("'pg_statistic_ext'", "s.oid"));

    /**
     * With the tables that they name, and of these only what is inserted: to publish more takes a replica identity, which stays
     * behind. One of all tables takes a superuser, and is made without any.
     */
    private static final String PUBLICATIONS = """
            SELECT format('CREATE PUBLICATION %I%s WITH (publish = ''insert'')', p.pubname, (
              SELECT ' FOR TABLE ' || string_agg(r.prrelid::regclass::text, ', ' ORDER BY r.oid)
              FROM pg_publication_rel r
                JOIN pg_class c ON c.oid = r.prrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE r.prpubid = p.oid AND n.nspname <> 'neap'))
            FROM pg_publication p
            ORDER BY p.oid
            """;

    /** In about the order in which they can be made. */
    static final List<String> OBJECTS = Stream.of(
            List.of(SCHEMAS, EXTENSIONS, ENUMS, DOMAINS, COMPOSITES, RANGES, SEQUENCES, FUNCTIONS),
            TableQueries.TABLES,
            List.of(OWNED_SEQUENCES, INDEXES, VIEWS, TRIGGERS, POLICIES, STATISTICS, PUBLICATIONS))
            .flatMap(List::stream)
            .toList();

    static final String OMITTED = """
            SELECT format('Aggregate %%s is not copied to the shadow.', p.oid::regprocedure)
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.prokind = 'a' AND p.oid >= 16384 AND %s
            UNION ALL
            SELECT format('Foreign table %%s is not copied to the shadow.', c.oid::regclass)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'f' AND %s
            UNION ALL
            SELECT format('Collation %%I.%%I is not copied to the shadow.', n.nspname, o.collname)
            FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace
            WHERE o.oid >= 16384 AND %s
            UNION ALL
            SELECT format('Event trigger %%I is not copied to the shadow.', t.evtname)
            FROM pg_event_trigger t WHERE t.evtenabled <> 'D'
            """.formatted(own("'pg_proc'", "p.oid"), own("'pg_class'", "c.oid"), own("'pg_collation'", "o.oid"));

    private SchemaQueries() {}

    /** What a query over objects of a catalog leaves out: the system's, Neap's and extensions' own. */
    static String own(String catalog, String oid) {
        return """
                n.nspname <> 'neap' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                  AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = %1$s::regclass AND e.objid = %2$s AND e.deptype = 'e')"""
                .formatted(catalog, oid);
    }
}
