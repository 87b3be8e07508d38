package dev.neap.demo;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How big the table is and how its rows were updated.
 *
 * @param heap bytes, with TOAST and maps
 * @param indexes bytes
 * @param updated row versions written by UPDATE since the server started
 * @param hot those of them that needed no new index entry
 */
record TableStatistics(long heap, long indexes, long updated, long hot) {

    static TableStatistics of(DemoDatabase primary) {
        return JdbcClient.create(primary.dataSource("neap demo"))
                .sql("""
                        SELECT pg_table_size(relid), pg_indexes_size(relid), n_tup_upd, n_tup_hot_upd
                        FROM pg_stat_user_tables
                        WHERE relid = 'public.users'::regclass""")
                .query((row, n) -> new TableStatistics(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single();
    }

    long total() {
        return heap + indexes;
    }

    /** Percent of the updates since {@code earlier} that were HOT; 0 if there were none. */
    long hotShareSince(TableStatistics earlier) {
        long updates = updated - earlier.updated;
        return updates == 0 ? 0 : Math.round(100.0 * (hot - earlier.hot) / updates);
    }
}
