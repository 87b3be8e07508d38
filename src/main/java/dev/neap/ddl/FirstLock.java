package dev.neap.ddl;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.Lock;
import dev.neap.step.RelationLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The order of a step's locks where it takes several that keep others waiting. While it waits for the first it holds none.
 * From then on others wait behind that one, so it hardly waits for the next: a busy second table costs a try, and not the
 * readers of the first one the whole lock_timeout.
 */
final class FirstLock {

    /** So short that nobody behind the first lock notices, and longer than a usual statement on a busy table. */
    private static final Duration SECOND = Duration.ofMillis(50);

    /** LOCK TABLE asks for more rights than some statements that lock a table on the way. */
    private static final String MAY_BE_LOCKED = """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_class
               WHERE oid = to_regclass(?) AND relkind IN ('r', 'p')
                 AND (has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')
                   OR has_table_privilege(oid, 'TRUNCATE')))
            """;

    private FirstLock() {}

    /**
     * Those that keep writers or readers waiting, the table's own first, then in the order of the plan.
     *
     * @return at least two, or none: where there is one, its statement takes it
     */
    static List<RelationLock> of(QualifiedName table, Statements statements) {
        List<RelationLock> blocking = Stream
                .concat(Stream.of(new RelationLock(table, statements.lock())), statements.others().stream())
                .filter(lock -> lock.lock().isStrongerThan(Lock.SHARE_UPDATE_EXCLUSIVE))
                .toList();
        boolean locksItself = statements.sql().getFirst().startsWith("LOCK TABLE ");
        return statements.conduct() == Conduct.TRANSACTION && blocking.size() > 1 && !locksItself
                ? blocking
                : List.of();
    }

    /**
     * Takes one of them, and lets no later one be waited for any longer. With each try it is another one: the busiest is
     * hardly ever had in a short time, but may well be in a long one.
     *
     * @param tries how many were in vain before
     * @param lockTimeout of the transaction until now
     */
    static void take(JdbcClient jdbc, List<RelationLock> locks, int tries, Duration lockTimeout) {
        List<RelationLock> turn = new ArrayList<>(locks);
        Collections.rotate(turn, -tries);
        Optional<RelationLock> first = turn.stream().filter(lock -> mayBeLocked(jdbc, lock.relation())).findFirst();
        if (first.isPresent()) {
            RelationLock lock = first.get();
            jdbc.sql("LOCK TABLE ONLY %s IN %s MODE".formatted(lock.relation(), lock.lock().sql())).update();
            long next = Math.min(SECOND.toMillis(), lockTimeout.toMillis());
            jdbc.sql("SELECT set_config('lock_timeout', ?, true)")
                    .param(next + "ms")
                    .query((row, i) -> row.getString(1))
                    .single();
        }
    }

    /** Whether it is a table, and this role may lock it by a statement of its own. */
    static boolean mayBeLocked(JdbcClient jdbc, QualifiedName relation) {
        return jdbc.sql(MAY_BE_LOCKED).param(relation.sql()).query((row, i) -> row.getBoolean(1)).single();
    }
}
