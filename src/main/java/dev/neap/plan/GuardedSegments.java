package dev.neap.plan;

import dev.neap.catalog.KeyCuts;
import dev.neap.catalog.KeySql;
import dev.neap.catalog.Table;
import dev.neap.sql.Literal;

/**
 * Statements that lay out the segments of an exactly-once backfill in the transaction that installs its guard.
 *
 * @param change a literal
 * @param step a literal
 */
record GuardedSegments(Table table, KeySql key, String change, String step) {

    private String mine() {
        return "change = " + change + " AND step = " + step;
    }

    /** The segments, the last one without its end. Samples the table, so it comes before the lock. */
    String ofTable() {
        int parts = KeyCuts.suit(table.shape().rows());
        String cuts = parts == 1
                ? "SELECT 0 AS part, NULL::text[] AS cut WHERE false"
                : KeyCuts.query(table.name(), key, parts);
        return """
                INSERT INTO neap.checkpoint (change, step, segment, lower, upper)
                SELECT %s, %s, row_number() OVER (ORDER BY part NULLS LAST) - 1, lag(cut) OVER (ORDER BY part NULLS LAST), cut
                  FROM (SELECT part, cut FROM (%s) AS cuts UNION ALL SELECT NULL, NULL) AS parts
                 WHERE NOT EXISTS (SELECT 1 FROM neap.checkpoint WHERE %s)"""
                .formatted(change, step, cuts, mine());
    }

    String freezeTable() {
        return """
                UPDATE neap.checkpoint SET upper = (SELECT %s FROM %s ORDER BY %s LIMIT 1)
                 WHERE %s AND upper IS NULL AND NOT finished"""
                .formatted(key.asText(""), table.name(), key.orderBy(true), mine());
    }

    /** The same for each leaf that the table has right now, the larger ones in more segments. */
    String ofLeaves() {
        String insert = """
                INSERT INTO neap.checkpoint (change, step, segment, unit, lower, upper)
                SELECT %1$s, %2$s,
                       (SELECT coalesce(max(segment) + 1, 0) FROM neap.checkpoint WHERE %3$s)
                         + row_number() OVER (ORDER BY part NULLS LAST) - 1,
                       %%3$s, lag(cut) OVER (ORDER BY part NULLS LAST), cut
                  FROM (SELECT part, cut FROM (%4$s) AS cuts UNION ALL SELECT NULL, NULL) AS parts"""
                .formatted(change, step, mine(), KeyCuts.template(key));
        return "DO " + Literal.dollarQuoted("neap",
                """

                        DECLARE
                          neap_leaf record;
                        BEGIN
                          IF EXISTS (SELECT FROM neap.checkpoint WHERE %1$s) THEN
                            RETURN;
                          END IF;
                          FOR neap_leaf IN
                            SELECT CAST(relid AS oid) AS unit, relid::text AS name, greatest(1, round(
                                     %2$d * pg_relation_size(relid) / greatest(1, sum(pg_relation_size(relid)) OVER ())))::int AS parts
                              FROM pg_partition_tree(%3$s) WHERE isleaf ORDER BY relid
                          LOOP
                            EXECUTE format(%4$s, neap_leaf.name, neap_leaf.parts, neap_leaf.unit);
                          END LOOP;
                        END
                        """
                        .formatted(
                                mine(), KeyCuts.suit(table.shape().rows()), Literal.of(table.name().sql()),
                                Literal.of(insert)));
    }

    String freezeLeaves() {
        String freeze = """
                UPDATE neap.checkpoint SET upper = (SELECT %s FROM neap$table ORDER BY %s LIMIT 1)
                 WHERE %s AND unit = neap$unit AND upper IS NULL AND NOT finished"""
                .formatted(key.asText(""), key.orderBy(true), mine())
                .replace("%", "%%")
                .replace("neap$table", "%1$s")
                .replace("neap$unit", "%2$s");
        return "DO " + Literal.dollarQuoted("neap", """

                DECLARE
                  neap_leaf record;
                BEGIN
                  DELETE FROM neap.checkpoint WHERE %1$s
                     AND unit NOT IN (SELECT CAST(relid AS oid) FROM pg_partition_tree(%2$s) WHERE isleaf);
                  FOR neap_leaf IN
                    SELECT DISTINCT unit, CAST(unit AS regclass)::text AS name FROM neap.checkpoint WHERE %1$s
                  LOOP
                    EXECUTE format(%3$s, neap_leaf.name, neap_leaf.unit);
                  END LOOP;
                END
                """.formatted(mine(), Literal.of(table.name().sql()), Literal.of(freeze)));
    }
}
