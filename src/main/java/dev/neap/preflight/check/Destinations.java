package dev.neap.preflight.check;

import dev.neap.sql.QualifiedName;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.List;

/** The tables that rows go to: what is there that would keep them out, lose them, or do more with them. */
final class Destinations implements Check {

    @Override
    public String id() {
        return "destination";
    }

    @Override
    public List<Finding> find(Target target) {
        List<Finding> findings = new ArrayList<>();
        for (RowWork work : target.works()) {
            work.destination().filter(table -> exists(target, table)).ifPresent(table -> {
                findings.addAll(table(target, table, work));
                findings.addAll(triggers(target, table));
            });
        }
        return findings;
    }

    /** The plan may be to make it. */
    private static boolean exists(Target target, QualifiedName table) {
        return target.jdbc()
                .sql("SELECT to_regclass(:table) IS NOT NULL")
                .param("table", table.sql())
                .query(Boolean.class)
                .single();
    }

    private List<Finding> table(Target target, QualifiedName table, RowWork work) {
        record State(boolean unlogged, boolean security, boolean rules) {}
        List<Finding> findings = new ArrayList<>();
        // ev_type: 2 update, 3 insert.
        State state = target.jdbc()
                .sql(
                        """
                                SELECT c.relpersistence = 'u', row_security_active(c.oid),
                                       EXISTS (SELECT FROM pg_rewrite r
                                               WHERE r.ev_class = c.oid AND r.ev_type IN ('2', '3') AND r.ev_enabled IN ('O', 'A'))
                                FROM pg_class c WHERE c.oid = CAST(:table AS regclass)""")
                .param("table", table.sql())
                .query((row, n) -> new State(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3)))
                .single();
        String object = "table " + table;
        if (state.unlogged() && work.removes()) {
            findings.add(blocker(
                    object,
                    "It is unlogged: after a crash it is empty, and the rows that were moved there are lost.",
                    "ALTER TABLE %s SET LOGGED;".formatted(table)));
        } else if (state.unlogged()) {
            findings.add(warning(
                    object,
                    "It is unlogged: after a crash it is empty, while the checkpoint says that rows were copied.",
                    "ALTER TABLE %s SET LOGGED;".formatted(table)));
        }
        if (state.security()) {
            findings.add(blocker(
                    object,
                    "Row-level security applies to role %s there: some rows may be refused, or not be seen."
                            .formatted(target.role()),
                    "ALTER ROLE %s BYPASSRLS;".formatted(target.role())));
        }
        if (state.rules()) {
            findings.add(blocker(
                    object,
                    "A rule there rewrites INSERT or UPDATE, which PostgreSQL refuses within the statement that is needed.",
                    "Drop the rule, and write it as a trigger."));
        }
        return findings;
    }

    private List<Finding> triggers(Target target, QualifiedName table) {
        // tgtype: 1 for each row, 2 before, 4 insert.
        return target.jdbc()
                .sql(
                        """
                                SELECT quote_ident(t.tgname), t.tgtype & 2 > 0, t.tgfoid::regproc::text
                                FROM pg_trigger t
                                WHERE t.tgrelid = CAST(:table AS regclass) AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
                                  AND t.tgtype & 4 > 0 AND t.tgtype & 1 > 0
                                ORDER BY t.tgname""")
                .param("table", table.sql())
                .query((row, n) -> warning(
                        "trigger %s on %s".formatted(row.getString(1), table),
                        "It fires %s each row that is inserted there and calls %s."
                                .formatted(row.getBoolean(2) ? "before" : "after", row.getString(3)),
                        row.getBoolean(2)
                                ? "See that it neither returns NULL nor changes a column that is copied with on_conflict: update."
                                : "Expect the work to take longer; whatever it writes comes on top."))
                .list();
    }
}
