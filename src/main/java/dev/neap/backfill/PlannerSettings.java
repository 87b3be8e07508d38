package dev.neap.backfill;

import dev.neap.jdbc.Transactions.Settings;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What PostgreSQL's planner is told in the transactions that walk a table range by range.
 *
 * <p>Of a comparison of rows it estimates the first column only ({@code rowcomparesel} in selfuncs.c), and of a parameter as
 * LIMIT that a tenth is wanted. By such an estimate one range of a key of several columns looks like a large part of the
 * table, and each chunk would read all of it, with parallel workers.
 */
public final class PlannerSettings {

    private static final String INDEX_SCAN = "enable_indexscan";

    private PlannerSettings() {}

    /** For statements that look for ranges or read them in the order of an index. */
    public static Settings addTo(Settings settings) {
        return settings
                // Compiling takes as long as a chunk may.
                .with("jit", "off")
                .with("max_parallel_workers_per_gather", "0")
                .with("enable_seqscan", "off");
    }

    /**
     * For statements that go over the same pages once a strand: an index scan would fetch each row to see whether it belongs
     * to the strand; a bitmap goes page by page.
     */
    public static Settings addTo(Settings settings, boolean woven) {
        return addTo(settings).with(INDEX_SCAN, woven ? "off" : "on");
    }

    /**
     * Looks for ranges amid a transaction that may be set for strands: without its index the order of a key would be had by
     * sorting everything up to the end of the segment, since {@code enable_indexscan} goes for index-only scans too
     * ({@code cost_index} in costsize.c).
     */
    static <T> T inKeyOrder(JdbcClient jdbc, Supplier<T> look) {
        String before = jdbc.sql("SELECT current_setting(?)").param(INDEX_SCAN).query(String.class).single();
        if (before.equals("on")) {
            return look.get();
        }
        set(jdbc, "on");
        T found = look.get();
        set(jdbc, before);
        return found;
    }

    private static void set(JdbcClient jdbc, String value) {
        jdbc.sql("SELECT set_config(?, ?, true)").params(INDEX_SCAN, value).query(String.class).single();
    }
}
