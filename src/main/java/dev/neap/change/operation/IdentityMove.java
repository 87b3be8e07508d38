package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;

/**
 * Makes another column the identity of a table: its sequence goes with the first one, so the second gets one of the same
 * name, options, privileges and place. Where the first one's bound was that of its type, so is the second one's.
 */
record IdentityMove(Target target, Identifier from, Identifier to) {

    /** @param generated {@code ALWAYS} or {@code BY DEFAULT} */
    String sql(String generated) {
        String table = target.table().name().sql();
        String body = """

                DECLARE
                  neap_old record;
                  neap_last bigint;
                  neap_called boolean;
                  neap_grants text[];
                  neap_grant text;
                BEGIN
                  SELECT format('%%I.%%I', n.nspname, c.relname) AS name, s.seqincrement, s.seqstart, s.seqcache, s.seqcycle,
                    CASE WHEN s.seqmin <> t.lowest THEN s.seqmin END AS least,
                    CASE WHEN s.seqmax <> t.highest THEN s.seqmax END AS most, c.relacl
                  INTO STRICT neap_old
                  FROM pg_depend d
                    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                    JOIN pg_sequence s ON s.seqrelid = d.objid
                    JOIN pg_class c ON c.oid = s.seqrelid
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    CROSS JOIN LATERAL (SELECT
                      CASE s.seqtypid WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648
                        ELSE -9223372036854775808 END AS lowest,
                      CASE s.seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647
                        ELSE 9223372036854775807 END AS highest) AS t
                  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i'
                    AND d.refobjid = %1$s::regclass AND a.attname = %2$s;
                  SELECT array_agg(format('GRANT %%s ON SEQUENCE %%s TO %%s%%s', g.privilege_type, neap_old.name,
                      coalesce(quote_ident(r.rolname), 'PUBLIC'), CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END))
                  INTO neap_grants
                  FROM aclexplode(neap_old.relacl) AS g LEFT JOIN pg_roles r ON r.oid = g.grantee;
                  -- It changes nothing but keeps everyone from drawing a value that the new sequence would give once more.
                  EXECUTE format('ALTER SEQUENCE %%s CACHE %%s', neap_old.name, neap_old.seqcache);
                  EXECUTE format('SELECT last_value, is_called FROM %%s', neap_old.name) INTO neap_last, neap_called;
                  ALTER TABLE %3$s ALTER COLUMN %4$s DROP IDENTITY;
                  EXECUTE format('ALTER TABLE %%s ALTER COLUMN %%I ADD GENERATED %6$s AS IDENTITY (SEQUENCE NAME %%s'
                      || ' INCREMENT BY %%s START WITH %%s CACHE %%s %%s %%s %%s)', %1$s, %5$s, neap_old.name,
                    neap_old.seqincrement, neap_old.seqstart, neap_old.seqcache,
                    CASE WHEN neap_old.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END,
                    'MINVALUE ' || neap_old.least, 'MAXVALUE ' || neap_old.most);
                  PERFORM setval(neap_old.name::regclass, neap_last, neap_called);
                  FOREACH neap_grant IN ARRAY coalesce(neap_grants, '{}') LOOP
                    EXECUTE neap_grant;
                  END LOOP;
                END
                """
                .formatted(
                        Literal.of(table),
                        Literal.of(from.value()),
                        table,
                        from,
                        Literal.of(to.value()),
                        generated);
        return "DO " + Literal.dollarQuoted("neap", body);
    }
}
