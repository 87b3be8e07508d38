package dev.neap.shadow;

import dev.neap.step.Lock;
import dev.neap.trace.Footprint;
import dev.neap.trace.Photograph;
import dev.neap.trace.Tracer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Sees what a statement locks that PostgreSQL refuses in a transaction, and whose locks are gone when it returns. One
 * session holds the lock of a writer (ROW EXCLUSIVE) on every table: a statement that would keep writers waiting waits for
 * it, with the lock that it asks for to be seen; one that waits until writers are done (CREATE INDEX CONCURRENTLY) waits
 * too, with the locks that it holds meanwhile. Then the writer goes. One that does not wait at all locks nothing that a
 * writer feels, and nothing is seen of its locks.
 */
final class AmongWriters implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    /** In names of the schema alone; none where there is no table. */
    private static final String ALL_TABLES = """
            SELECT 'LOCK TABLE ' || string_agg(format('%I.%I', n.nspname, c.relname), ', ') || ' IN ROW EXCLUSIVE MODE'
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND n.nspname <> 'pg_toast' AND c.relpersistence <> 't'
               AND has_table_privilege(c.oid, 'UPDATE')
            """;

    private static final String WAITS = "SELECT :writer = ANY (pg_blocking_pids(:pid))";

    private final Connection writer;
    private final Connection looker;
    private final JdbcClient look;

    private AmongWriters(Connection writer, Connection looker) {
        this.writer = writer;
        this.looker = looker;
        this.look = JdbcClient.create(new SingleConnectionDataSource(looker, true));
    }

    static AmongWriters on(ShadowServer server) throws SQLException {
        DataSource sessions = server.judge();
        Connection writer = sessions.getConnection();
        try {
            return new AmongWriters(writer, sessions.getConnection());
        } catch (SQLException e) {
            writer.close();
            throw e;
        }
    }

    /** @throws SQLException if the statement fails */
    Footprint footprint(Connection connection, String text) throws SQLException {
        Photograph before = Tracer.photograph(look);
        int pid = pid(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        int other = write();
        FutureTask<Boolean> statement = new FutureTask<>(() -> {
            JudgeSession.execute(connection, text);
            return true;
        });
        Thread.ofPlatform().daemon().name("shadow-statement").start(statement);
        Map<Long, Lock> locks = Map.of();
        while (!isDone(statement, LOOK_AGAIN)) {
            boolean waits = look.sql(WAITS).param("writer", other).param("pid", pid).query(Boolean.class).single();
            if (waits) {
                locks = Tracer.locks(look, pid);
                writer.rollback();
                break;
            }
        }
        awaited(statement);
        return Tracer.between(before, Tracer.photograph(look), locks);
    }

    /** @return the writer's process */
    private int write() throws SQLException {
        Optional<String> lock = look.sql(ALL_TABLES).query(String.class).optional();
        writer.setAutoCommit(false);
        int pid = pid(JdbcClient.create(new SingleConnectionDataSource(writer, true)));
        if (lock.isPresent()) {
            JudgeSession.execute(writer, lock.get());
        }
        return pid;
    }

    private static int pid(JdbcClient session) {
        return session.sql("SELECT pg_backend_pid()").query(Integer.class).single();
    }

    private static boolean isDone(FutureTask<Boolean> statement, Duration patience) {
        try {
            return statement.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void awaited(FutureTask<Boolean> statement) throws SQLException {
        try {
            Boolean unused = statement.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failed) {
                throw failed;
            }
            throw new ShadowFailed("The shadow failed: %s. Try again.".formatted(e.getCause()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ShadowFailed interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ShadowFailed("Asking the shadow was interrupted. Try again.", e);
    }

    @Override
    public void close() throws SQLException {
        try (writer; looker) {
            if (!writer.getAutoCommit()) {
                writer.rollback();
            }
        }
    }
}
