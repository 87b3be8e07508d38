package dev.neap.preflight.check;

import dev.neap.sql.Literal;
import java.util.List;

/** A prepared transaction keeps its locks and its snapshot, across restarts too, until someone ends it. */
final class PreparedTransactions implements Check {

    @Override
    public String id() {
        return "prepared-transaction";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT gid, owner, to_char(prepared, 'YYYY-MM-DD HH24:MI:SS TZ') AS since
                                FROM pg_prepared_xacts
                                WHERE database = current_database()
                                ORDER BY prepared
                                LIMIT 20""")
                .query((row, n) -> warning(
                        "prepared transaction " + Literal.of(row.getString(1)),
                        "Role %s prepared it at %s; until it ends it keeps its locks and all row versions since."
                                .formatted(row.getString(2), row.getString(3)),
                        "End it: COMMIT PREPARED %1$s; or ROLLBACK PREPARED %1$s;"
                                .formatted(Literal.of(row.getString(1)))))
                .list();
    }
}
