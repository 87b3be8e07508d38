package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Sessions that delete rows, bring them back, move their keys and change them, all over a table {@code (id, day, note)}; two
 * of them in transactions of several statements whose snapshot is as old as their beginning. What PostgreSQL asks to be
 * tried again they try again.
 */
final class Wreckers implements AutoCloseable {

    private static final Set<String> AGAIN = Set.of("40001", "40P01", "23505");

    private final Clients clients;
    private final String table;
    private final int keys;

    Wreckers(TestDatabase database, String table, int keys) {
        this.clients = new Clients(database, Duration.ofNanos(200_000));
        this.table = table;
        this.keys = keys;
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            String isolation = i < 2 ? "READ COMMITTED" : "REPEATABLE READ";
            clients.begin(statement -> work(statement, random, isolation));
        }
    }

    private void work(Statement statement, Random random, String isolation) throws SQLException {
        try {
            statement.execute("BEGIN ISOLATION LEVEL " + isolation);
            int statements = 1 + random.nextInt(3);
            for (int i = 0; i < statements; i++) {
                statement.execute(any(random));
            }
            statement.execute("COMMIT");
            clients.did();
        } catch (SQLException e) {
            statement.execute("ROLLBACK");
            if (!AGAIN.contains(e.getSQLState())) {
                throw e;
            }
        }
    }

    private String any(Random random) {
        int id = 1 + random.nextInt(keys);
        return switch (random.nextInt(6)) {
            case 0, 1 -> "DELETE FROM %s WHERE id = %d".formatted(table, id);
            case 2 -> "DELETE FROM %s WHERE id BETWEEN %d AND %d".formatted(table, id, id + 20);
            case 3 ->
                "INSERT INTO %s (id, day, note) SELECT %d, %d, 'back' WHERE NOT EXISTS (SELECT FROM %s WHERE id = %d)"
                        .formatted(table, id, random.nextInt(1_200), table, id);
            case 4 -> "UPDATE %s SET id = %d, day = %d WHERE id = %d"
                    .formatted(table, 1 + random.nextInt(2 * keys), random.nextInt(1_200), id);
            default -> "UPDATE %s SET note = 'n%d', day = (day + %d) %% 1200 WHERE id BETWEEN %d AND %d"
                    .formatted(table, random.nextInt(), random.nextInt(2), id, id + 5);
        };
    }

    /** Goes on once so many more transactions were committed, or none will be any more. */
    void busyFor(int more) {
        clients.busyFor(more);
    }

    /** What nobody could have expected. */
    List<String> errors() {
        return clients.errors();
    }

    @Override
    public void close() {
        clients.close();
    }
}
