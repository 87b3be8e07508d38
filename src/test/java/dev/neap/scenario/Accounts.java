package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * An application that opens, moves and closes accounts with their cards and holders; beside it, an inspector who looks for
 * references that point nowhere, and tries to make some.
 */
final class Accounts implements AutoCloseable {

    private static final String ORPHANS = """
            SELECT (SELECT count(*) FROM cards c
                     WHERE account_id IS NOT NULL AND NOT EXISTS (SELECT FROM accounts a WHERE a.id = c.account_id))
                 + (SELECT count(*) FROM bank.holders h WHERE NOT EXISTS (SELECT FROM accounts a WHERE a.id = h.account_id))
                 + (SELECT count(*) FROM accounts p
                     WHERE parent IS NOT NULL AND NOT EXISTS (SELECT FROM accounts a WHERE a.id = p.parent))
            """;

    private static final List<String> LIES = List.of(
            "INSERT INTO bank.holders (account_id, person) VALUES (1999999999, 1)",
            "INSERT INTO accounts (owner, parent) VALUES ('nobody', 1999999999)",
            "INSERT INTO cards (account_id) VALUES (1999999999)");

    private static final String PATIENCE = "lock_timeout = '900ms'";

    private final Clients clients;

    Accounts(TestDatabase database) {
        this.clients = new Clients(database, Duration.ofNanos(500_000));
        for (int i = 0; i < 2; i++) {
            Random random = new Random(i);
            begin(statement -> serve(statement, random));
        }
        Random random = new Random(7);
        begin(statement -> inspect(statement, random));
    }

    private void begin(Clients.Work work) {
        clients.begin(
                statement -> {
                    work.once(statement);
                    clients.did();
                },
                PATIENCE);
    }

    private static void serve(Statement statement, Random random) throws SQLException {
        String any = "(SELECT id FROM accounts WHERE id >= %d ORDER BY id LIMIT 1)".formatted(random.nextInt(3_000));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                // Else an account that is closed meanwhile would be an error of this application alone.
                statement.execute("BEGIN");
                statement.execute("INSERT INTO accounts (owner, parent) VALUES ('new', " + kept(any) + ")");
                statement.execute("INSERT INTO cards (account_id) VALUES (currval('accounts_id_seq'))");
                statement.execute(
                        "INSERT INTO bank.holders (account_id, person) VALUES (currval('accounts_id_seq'), 1)");
                statement.execute("COMMIT");
            }
            case 2 -> statement.execute("DELETE FROM accounts WHERE id = " + any);
            case 3 -> statement.execute(
                    "UPDATE accounts SET id = nextval('accounts_id_seq') WHERE id = " + any);
            case 4 -> statement.execute(
                    "UPDATE cards SET account_id = %s WHERE id = %d".formatted(kept(any), random.nextInt(3_000)));
            default -> statement.execute("UPDATE accounts SET parent = NULL, owner = 'x' WHERE id = " + any);
        }
    }

    private static String kept(String account) {
        return account.replaceFirst("\\)$", " FOR KEY SHARE)");
    }

    private void inspect(Statement statement, Random random) throws SQLException {
        try (ResultSet orphans = statement.executeQuery(ORPHANS)) {
            orphans.next();
            if (orphans.getLong(1) > 0) {
                clients.failed("There are references that point nowhere.");
            }
        }
        String lie = LIES.get(random.nextInt(LIES.size()));
        try {
            statement.execute(lie);
            clients.failed("It was possible to: " + lie);
        } catch (SQLException e) {
            if (!"23503".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Goes on once so many more things were done, or none will be any more. */
    void busyFor(int more) {
        clients.busyFor(more);
    }

    /** What went wrong for them, and what the inspector found. */
    List<String> errors() {
        return clients.errors();
    }

    @Override
    public void close() {
        clients.close();
    }
}
