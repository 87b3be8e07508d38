package dev.neap.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A table in a database of its own, which goes when this is closed.
 *
 * @param rows that it was filled with
 */
record TableCopy(Databases databases, String database, BenchTable table, long rows) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A single session; each statement is a transaction of its own. */
    SingleConnectionDataSource session() {
        return new SingleConnectionDataSource(databases.url(database), true);
    }

    JdbcClient client() {
        return JdbcClient.create(databases.source(database));
    }

    /**
     * How often rows were updated since the copy was made.
     *
     * @param updated row versions that UPDATE wrote
     * @param hot those of them that needed no new index entry
     */
    record Updates(long updated, long hot) {

        /** From 0 to 1; 0 if there were none. */
        double share() {
            return updated == 0 ? 0 : (double) hot / updated;
        }
    }

    /** Sessions report what they did when they end, at the latest: {@link #awaitQuiet()} before. */
    Updates updates() {
        return client()
                .sql("SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relid = 'public.users'::regclass")
                .query((row, n) -> new Updates(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** Heap, TOAST and indexes; bytes. */
    long size() {
        return client().sql("SELECT pg_total_relation_size('public.users')").query(Long.class).single();
    }

    /** Rows that are not as they should be, or not there at all; and those that are too many. */
    long wrongRows() {
        return client()
                .sql("""
                        SELECT count(*) FILTER (WHERE email_normalized IS DISTINCT FROM %s) + abs(count(*) - %d)
                        FROM public.users""".formatted(BenchTable.EXPRESSION, rows))
                .query(Long.class)
                .single();
    }

    /** Waits until the sessions that were closed have ended on the server's side too. */
    void awaitQuiet() {
        JdbcClient client = JdbcClient.create(databases.administration());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (client
                .sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = ? AND backend_type = 'client backend')")
                .param(database)
                .query(Boolean.class)
                .single()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "A session of database %s is still there. See pg_stat_activity.".formatted(database));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        databases.drop(database);
    }
}
