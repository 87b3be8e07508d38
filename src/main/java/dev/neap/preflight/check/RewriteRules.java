package dev.neap.preflight.check;

import java.util.List;

/** A rule on UPDATE or DELETE rewrites the work's own statement into something else. */
final class RewriteRules implements Check {

    @Override
    public String id() {
        return "rule";
    }

    @Override
    public List<Finding> find(Target target) {
        // ev_type: 1 select, 2 update, 3 insert, 4 delete. A view's own rule is on select.
        return target.jdbc()
                .sql(
                        """
                                SELECT quote_ident(r.rulename), r.ev_class::regclass::text, r.ev_type::text
                                FROM pg_rewrite r
                                JOIN pg_class c ON c.oid = r.ev_class
                                WHERE c.relkind IN ('r', 'p') AND r.ev_type <> '1' AND r.ev_enabled IN ('O', 'A')
                                  AND c.relnamespace <> 'pg_catalog'::regnamespace
                                  AND (:oid = 0 OR r.ev_class = :oid)
                                ORDER BY 2, 1
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> judge(target, row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private Finding judge(Target target, String rule, String table, String event) {
        String object = "rule %s on %s".formatted(rule, table);
        String remedy = "DROP RULE %s ON %s; and write it as a trigger.".formatted(rule, table);
        if (event.equals("2") && target.updatesRows()) {
            return blocker(object, "It rewrites every UPDATE, so the backfill would do something else.", remedy);
        }
        if (event.equals("4") && target.removesRows()) {
            return blocker(object, "It rewrites every DELETE, so the rows would not go.", remedy);
        }
        if (target.replacesTheTable()) {
            return blocker(object, "It would stay with the old table, and the new one would do without it.", remedy);
        }
        return warning(object, "It rewrites statements on the table, which surprises those who write them.", remedy);
    }
}
