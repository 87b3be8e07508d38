package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every 10 ms at the locks that Neap's sessions hold on tables and indexes of the user, and at who waits. Time is
 * counted in looks, so that a machine that is slow for a moment is slow for the watcher too.
 */
final class LockWatch implements AutoCloseable {

    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final String EXCLUSIVE = """
            SELECT l.pid || ' on ' || l.relation::regclass AS lock
              FROM pg_locks l
              JOIN pg_class c ON c.oid = l.relation
              JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE l.locktype = 'relation' AND l.granted AND l.mode = 'AccessExclusiveLock'
               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND a.application_name LIKE 'neap%'
               AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)
               AND c.relnamespace <> coalesce(to_regnamespace('neap'), 0)
            """;

    private static final String WAITING = """
            SELECT coalesce(max(extract(epoch FROM clock_timestamp() - l.waitstart)), 0) * 1000
              FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE NOT l.granted AND l.locktype = 'relation' AND a.application_name NOT LIKE 'neap%'
               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private final Thread thread;
    private final Map<String, Integer> held = new HashMap<>();
    private volatile int longest;
    private volatile String what = "none";
    private volatile double longestWait;
    private volatile boolean stop;

    LockWatch(TestDatabase database) {
        thread = Thread.ofPlatform().daemon().start(() -> watch(database));
    }

    private void watch(TestDatabase database) {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            while (!stop) {
                look(statement);
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
        } catch (SQLException e) {
            longest = Integer.MAX_VALUE;
            what = "nobody knows: " + e.getMessage();
        }
    }

    private void look(Statement statement) throws SQLException {
        Map<String, Integer> now = new HashMap<>();
        try (ResultSet locks = statement.executeQuery(EXCLUSIVE)) {
            while (locks.next()) {
                String lock = locks.getString(1);
                int looks = held.getOrDefault(lock, 0) + 1;
                now.put(lock, looks);
                if (looks > longest) {
                    longest = looks;
                    what = lock;
                }
            }
        }
        held.clear();
        held.putAll(now);
        try (ResultSet waiting = statement.executeQuery(WAITING)) {
            waiting.next();
            longestWait = Math.max(longestWait, waiting.getDouble(1));
        }
    }

    /** In how many looks on end the same session was seen with ACCESS EXCLUSIVE on the same relation, at most. */
    int looks() {
        return longest;
    }

    /** The longest that anybody but Neap was seen waiting for a table, in milliseconds. */
    double longestWait() {
        return longestWait;
    }

    @Override
    public String toString() {
        return "ACCESS EXCLUSIVE in %d looks (%s), longest wait %.0f ms".formatted(longest, what, longestWait);
    }

    @Override
    public void close() {
        stop = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
