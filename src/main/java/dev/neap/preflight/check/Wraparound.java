package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * Past autovacuum_freeze_max_age a table gets a vacuum that does not give way to DDL; past two billion transactions the
 * database stops taking writes, and every chunk is one transaction.
 */
final class Wraparound implements Check {

    private static final long DANGER = 1_500_000_000L;

    @Override
    public String id() {
        return "wraparound";
    }

    @Override
    public List<Finding> find(Target target) {
        List<Finding> findings = new ArrayList<>();
        target.jdbc()
                .sql(
                        """
                                SELECT quote_ident(datname), greatest(age(datfrozenxid), mxid_age(datminmxid))
                                FROM pg_database
                                WHERE datname = current_database()""")
                .query((row, n) -> new Age("database " + row.getString(1), row.getLong(2), DANGER))
                .list()
                .stream()
                .filter(Age::past)
                .forEach(age -> findings.add(blocker(
                        age.object(),
                        "Its oldest row is %s transactions old; near 2,000,000,000 the server refuses writes."
                                .formatted(Quantity.count(age.transactions())),
                        "VACUUM (FREEZE) its oldest tables first.")));
        tables(target).forEach(age -> findings.add(warning(
                age.object(),
                ("Its oldest row is %s transactions old (limit %s): a vacuum to prevent wraparound is due, "
                        + "and DDL waits for it.")
                        .formatted(Quantity.count(age.transactions()), Quantity.count(age.limit())),
                "VACUUM (FREEZE) it before you begin.")));
        return findings;
    }

    private static List<Age> tables(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT c.oid::regclass::text, age(c.relfrozenxid), l.allowed
                                FROM pg_class c,
                                     LATERAL (SELECT least(current_setting('autovacuum_freeze_max_age')::bigint,
                                                           (SELECT option_value::bigint FROM pg_options_to_table(c.reloptions)
                                                            WHERE option_name = 'autovacuum_freeze_max_age'))) l (allowed)
                                WHERE c.relkind IN ('r', 'm') AND age(c.relfrozenxid) > l.allowed
                                  AND (:oid = 0 OR c.oid = :oid
                                       OR c.oid IN (SELECT relid FROM pg_partition_tree(CAST(:oid AS oid))))
                                ORDER BY 2 DESC
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> new Age("table " + row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    private record Age(String object, long transactions, long limit) {
        boolean past() {
            return transactions > limit;
        }
    }
}
