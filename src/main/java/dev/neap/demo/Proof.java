package dev.neap.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares the table with what it must hold, once the change is complete and the application has stopped: rows that the
 * application never wrote with the formula they were filled by, all others with the application's ledger.
 */
final class Proof {

    /**
     * What was found.
     *
     * @param rows in the table
     * @param expected what the fill and the ledger add up to
     * @param wrong rows that the application never wrote and that are not as they were filled, or should not be there
     * @param lost rows whose last committed write is not in the table
     * @param lostIds the first of them; at most five
     * @param leftovers what should be different about the table's structure; empty if nothing
     * @param standbySame whether the standby's rows are the same
     */
    record Result(
            long rows,
            long expected,
            long wrong,
            long lost,
            List<Long> lostIds,
            List<String> leftovers,
            boolean standbySame) {

        Result {
            lostIds = List.copyOf(lostIds);
            leftovers = List.copyOf(leftovers);
        }

        boolean holds() {
            return rows == expected && wrong == 0 && lost == 0 && leftovers.isEmpty() && standbySame;
        }
    }

    private record Count(long rows, long wrong) {}

    private final JdbcClient primary;
    private final JdbcClient standby;
    private final long filled;
    private final Ledger ledger;

    /**
     * @param standby has caught up
     * @param filled how many rows the table was filled with
     */
    Proof(DataSource primary, DataSource standby, long filled, Ledger ledger) {
        this.primary = JdbcClient.create(primary);
        this.standby = JdbcClient.create(standby);
        this.filled = filled;
        this.ledger = ledger;
    }

    Result find() {
        Map<Long, Ledger.Entry> entries = ledger.entries();
        Count count = untouched(entries);
        List<Long> lost = lost(entries);
        return new Result(
                count.rows(),
                filled + ledger.growth(),
                count.wrong(),
                lost.size(),
                lost.stream().limit(5).toList(),
                leftovers(),
                digest(primary).equals(digest(standby)));
    }

    private Count untouched(Map<Long, Ledger.Entry> entries) {
        return primary.sql("""
                SELECT count(*), count(*) FILTER (
                  WHERE touched.id IS NULL AND (
                    u.id NOT BETWEEN 1 AND :filled
                    OR u.email_normalized IS DISTINCT FROM %s
                    OR u.full_name IS DISTINCT FROM %s
                    OR u.notes IS DISTINCT FROM %s
                    OR u.logins IS DISTINCT FROM 0))
                FROM public.users u
                LEFT JOIN unnest(:touched) AS touched (id) ON touched.id = u.id"""
                .formatted(DemoTable.normalized("u.id"), DemoTable.fullName("u.id"), DemoTable.notes("u.id")))
                .param("filled", filled)
                .param("touched", entries.keySet().toArray(Long[]::new))
                .query((row, n) -> new Count(row.getLong(1), row.getLong(2)))
                .single();
    }

    private List<Long> lost(Map<Long, Ledger.Entry> entries) {
        List<Long> ids = new ArrayList<>();
        List<Boolean> deleted = new ArrayList<>();
        List<String> emails = new ArrayList<>();
        List<Integer> logins = new ArrayList<>();
        entries.forEach((id, entry) -> {
            ids.add(id);
            deleted.add(entry.deleted());
            emails.add(entry.email().orElseGet(() -> DemoTable.normalized(id)));
            logins.add(entry.logins());
        });
        return primary.sql("""
                SELECT ledger.id
                FROM unnest(:ids, :deleted, :emails, :logins) AS ledger (id, deleted, email, logins)
                LEFT JOIN public.users u ON u.id = ledger.id
                WHERE CASE
                  WHEN ledger.deleted THEN u.id IS NOT NULL
                  ELSE (u.email_normalized, u.logins) IS DISTINCT FROM (ledger.email, ledger.logins)
                END
                ORDER BY ledger.id""")
                .param("ids", ids.toArray(Long[]::new))
                .param("deleted", deleted.toArray(Boolean[]::new))
                .param("emails", emails.toArray(String[]::new))
                .param("logins", logins.toArray(Integer[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** What the example change promises of the table's structure, and does not hold. */
    private List<String> leftovers() {
        return primary.sql("""
                SELECT 'column email is still there' AS finding
                FROM pg_attribute
                WHERE attrelid = 'public.users'::regclass AND attname = 'email' AND NOT attisdropped
                UNION ALL
                SELECT 'column email_normalized may be NULL'
                FROM pg_attribute
                WHERE attrelid = 'public.users'::regclass AND attname = 'email_normalized' AND NOT attnotnull
                UNION ALL
                SELECT 'index ' || i.indexrelid::regclass || ' is invalid'
                FROM pg_index i
                WHERE i.indrelid = 'public.users'::regclass AND NOT i.indisvalid
                UNION ALL
                SELECT 'no unique index on email_normalized'
                WHERE NOT EXISTS (
                  SELECT 1
                  FROM pg_index i
                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  WHERE i.indrelid = 'public.users'::regclass AND i.indisunique AND i.indnatts = 1
                    AND a.attname = 'email_normalized')
                UNION ALL
                SELECT 'trigger ' || tgname || ' is still there'
                FROM pg_trigger
                WHERE tgrelid = 'public.users'::regclass AND NOT tgisinternal
                UNION ALL
                SELECT 'constraint ' || conname || ' is still there'
                FROM pg_constraint
                WHERE conrelid = 'public.users'::regclass AND contype = 'c'""")
                .query((row, n) -> row.getString(1))
                .list();
    }

    private static String digest(JdbcClient client) {
        return client
                .sql("SELECT count(*) || ' ' || coalesce(sum(hashtextextended(u::text, 0)), 0) FROM public.users u")
                .query(String.class)
                .single();
    }
}
