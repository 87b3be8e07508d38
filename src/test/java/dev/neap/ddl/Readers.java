package dev.neap.ddl;

import dev.neap.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An application that reads all the time, and notes the longest time that one read took. */
final class Readers implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private final List<Exception> errors = Collections.synchronizedList(new ArrayList<>());
    private long longest;
    private volatile boolean stop;

    Readers(TestDatabase database, String query, int sessions) {
        for (int i = 0; i < sessions; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> read(database, query)));
        }
    }

    private void read(TestDatabase database, String query) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (!stop) {
                long began = System.nanoTime();
                statement.executeQuery(query).close();
                note(System.nanoTime() - began);
            }
        } catch (SQLException e) {
            errors.add(e);
        }
    }

    private synchronized void note(long nanos) {
        longest = Math.max(longest, nanos);
    }

    synchronized Duration longest() {
        return Duration.ofNanos(longest);
    }

    List<Exception> errors() {
        return List.copyOf(errors);
    }

    /** Ends the sessions and waits for them. */
    @Override
    public void close() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
