package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A session that gives rows other keys, and prints and reads every value in another way than Neap's own sessions. */
final class Mover implements AutoCloseable {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Thread thread;
    private final AtomicReference<SQLException> error = new AtomicReference<>();
    private final AtomicInteger moved = new AtomicInteger();
    private volatile boolean stop;

    /** @param statement an UPDATE of at most one row */
    Mover(TestDatabase database, String statement) {
        database.execute(function(statement));
        thread = Thread.ofPlatform().daemon().start(() -> {
            try (Connection connection = database.connect();
                    Statement session = connection.createStatement()) {
                while (!stop) {
                    move(session);
                }
            } catch (SQLException e) {
                error.set(e);
            }
        });
    }

    /** A function, since the driver insists on ISO dates in its own sessions. */
    private static String function(String statement) {
        return """
                CREATE FUNCTION public.move_one() RETURNS int LANGUAGE plpgsql
                  SET datestyle = 'SQL, DMY'
                  SET timezone = 'Asia/Kathmandu'
                  SET intervalstyle = 'sql_standard'
                  SET extra_float_digits = -15
                  SET bytea_output = 'escape'
                  SET standard_conforming_strings = off
                  SET search_path = pg_catalog
                AS $move$
                DECLARE
                  moved int;
                BEGIN
                  %s;
                  GET DIAGNOSTICS moved = ROW_COUNT;
                  RETURN moved;
                END $move$
                """.formatted(statement);
    }

    private void move(Statement session) throws SQLException {
        try (ResultSet row = session.executeQuery("SELECT public.move_one()")) {
            row.next();
            moved.addAndGet(row.getInt(1));
        } catch (SQLException e) {
            // The place may be taken; anything else would be the run's doing.
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** What went wrong for the application. */
    Optional<SQLException> error() {
        return Optional.ofNullable(error.get());
    }

    /** How many rows have another key now. */
    int moved() {
        return moved.get();
    }

    /** Ends the session and waits for it. */
    @Override
    public void close() {
        stop = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
