package dev.neap.change.operation;

import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import java.util.List;

/**
 * Takes a table out of each publication that names it, and puts another one in, with the same columns and the same
 * condition. Subscribers know tables by their names alone: if the other one bears the first one's by then, they go on with
 * what is written to it, with nothing to copy and nothing to refresh.
 *
 * <p>The publications are asked for in that very transaction, not when it is planned: one may have come or gone meanwhile,
 * and of a table that keeps its place in a publication under a new name subscribers would hear with every write.
 *
 * @param major PostgreSQL's version; columns and conditions came with 15
 */
record PublicationMove(QualifiedName from, QualifiedName to, int major) {

    private static final int LISTS_SINCE = 15;

    private static final String LIST = """
            coalesce((SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')'
                  FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)), '')
                || coalesce(' WHERE (' || pg_catalog.pg_get_expr(r.prqual, r.prrelid) || ')', '')""";

    /**
     * The same, unless the other one is published by itself by now. Rows that are copied, and those that follow from now on,
     * would be sent under a name that subscribers don't have.
     */
    List<String> unlessItIsPublished() {
        String schemas = major >= LISTS_SINCE
                ? " OR EXISTS (SELECT FROM pg_catalog.pg_publication_namespace WHERE pnpubid = p.oid AND pnnspid ="
                        + " (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = %s::regclass))"
                                .formatted(Literal.of(to.sql()))
                : "";
        return List.of("DO " + Literal.dollarQuoted("neap",
                """

                        DECLARE
                          neap_publication text;
                        BEGIN
                          SELECT quote_ident(p.pubname) INTO neap_publication
                          FROM pg_catalog.pg_publication p WHERE p.puballtables%s
                          ORDER BY p.pubname LIMIT 1;
                          IF FOUND THEN
                            RAISE EXCEPTION 'publication %% came meanwhile and sends %% under names that subscribers don''t have: roll back; or publish tables by their names instead, and run the change again',
                              neap_publication, %s;
                          END IF;
                        END
                        """
                        .formatted(schemas, Literal.of(to.sql()))),
                sql());
    }

    String sql() {
        return "DO " + Literal.dollarQuoted("neap",
                """

                        DECLARE
                          neap_entry record;
                        BEGIN
                          FOR neap_entry IN
                            SELECT p.pubname, %1$s AS what,
                              NOT p.pubviaroot AND EXISTS (SELECT FROM pg_catalog.pg_class
                                WHERE oid = %3$s::regclass AND relkind = 'p') AS scattered
                            FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
                            WHERE r.prrelid = %2$s::regclass
                            ORDER BY p.pubname
                          LOOP
                            IF neap_entry.scattered THEN
                              RAISE EXCEPTION 'publication %% would send rows under the names of partitions: ALTER PUBLICATION %% SET (publish_via_partition_root = true), or take %% out of it',
                                quote_ident(neap_entry.pubname), quote_ident(neap_entry.pubname), %3$s;
                            END IF;
                            EXECUTE format('ALTER PUBLICATION %%I DROP TABLE %%s', neap_entry.pubname, %2$s);
                            EXECUTE format('ALTER PUBLICATION %%I ADD TABLE %%s%%s', neap_entry.pubname, %3$s, neap_entry.what);
                          END LOOP;
                        END
                        """
                        .formatted(major >= LISTS_SINCE ? LIST : "''", Literal.of(from.sql()), Literal.of(to.sql())));
    }
}
