package dev.neap.bench;

import dev.neap.bench.StatementLog.Unit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that Neap sent for the table, sent again as psql would: each as text, one after the other, by as many
 * sessions, without job repository, checkpoints or a program to start. Against this, Neap's own overhead is measured.
 *
 * <p>A transaction that began after another one's end does so again, whichever sessions they belong to.
 */
final class Replay implements Contender {

    private final String id;
    private final NeapRun original;
    private List<List<Unit>> sessions = List.of();

    Replay(String id, NeapRun original) {
        this.id = id;
        this.original = original;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return "the same SQL as %s".formatted(original.title());
    }

    /** Has Neap do its work on another copy first, with its statements logged. */
    @Override
    public void prepare(TableCopy template, TableCopy copy) {
        if (!sessions.isEmpty()) {
            return;
        }
        try (TableCopy logged = template.databases().copy(template)) {
            JdbcClient client = logged.client();
            client.sql("ALTER DATABASE %s SET log_statement = 'all'".formatted(logged.database())).update();
            original.run(logged);
            sessions = StatementLog.sessions(log(client, "end of " + logged.database()), logged.database());
        }
        if (sessions.isEmpty()) {
            throw new IllegalStateException("The server logged no statement of Neap's on the table.");
        }
    }

    /** The log is written by a process of its own: it is complete once it has what was said last. */
    private static List<String> log(JdbcClient client, String last) {
        client.sql("SELECT '%s'".formatted(last)).query(String.class).single();
        Optional<String> file = client.sql("SELECT pg_current_logfile('jsonlog')").query(String.class).optional();
        if (file.isEmpty()) {
            throw new IllegalStateException("The server writes no log as JSON. Start it with logging_collector = on.");
        }
        for (int attempt = 0; attempt < 100; attempt++) {
            String text = client.sql("SELECT pg_read_file(?)").param(file.get()).query(String.class).single();
            int end = text.lastIndexOf('\n');
            if (end > 0 && text.substring(0, end).contains(last)) {
                return text.substring(0, end).lines().toList();
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new IllegalStateException("The server's log did not become complete.");
    }

    @Override
    public Effort run(TableCopy copy) {
        PGSimpleDataSource source = copy.databases().source(copy.database());
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        List<List<CompletableFuture<Void>>> ends = sessions.stream()
                .map(units -> units.stream().map(unit -> new CompletableFuture<Void>()).toList())
                .toList();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < sessions.size(); i++) {
                int session = i;
                all.add(CompletableFuture.runAsync(() -> send(source, session, ends), threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        }
        return Effort.plain();
    }

    private void send(PGSimpleDataSource source, int session, List<List<CompletableFuture<Void>>> ends) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            List<Unit> units = sessions.get(session);
            for (int i = 0; i < units.size(); i++) {
                awaitEarlier(units.get(i), session, ends);
                for (String sql : units.get(i).statements()) {
                    statement.execute(sql);
                }
                ends.get(session).get(i).complete(null);
            }
        } catch (SQLException e) {
            // Nobody must wait for what will not end.
            ends.forEach(others -> others.forEach(other -> other.cancel(false)));
            throw new CompletionException(e);
        }
    }

    private void awaitEarlier(Unit unit, int session, List<List<CompletableFuture<Void>>> ends) {
        for (int other = 0; other < sessions.size(); other++) {
            if (other != session) {
                int earlier = 0;
                while (earlier < sessions.get(other).size() && sessions.get(other).get(earlier).end() < unit.begin()) {
                    earlier++;
                }
                if (earlier > 0) {
                    await(ends.get(other).get(earlier - 1));
                }
            }
        }
    }

    private static void await(CompletableFuture<Void> end) {
        try {
            end.join();
        } catch (CancellationException e) {
            throw new CompletionException("Another session failed.", e);
        }
    }
}
