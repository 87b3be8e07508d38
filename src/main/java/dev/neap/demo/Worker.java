package dev.neap.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One user of the application after the other: 50 % read a row and compare it with what was last committed, 22 % count a
 * login, 14 % change an address, 9 % sign up, 5 % leave. Each operation is a transaction of its own. Not safe to use from
 * several threads.
 *
 * <p>A worker writes only rows that are its own: of those the table was filled with, the ids that leave its number when
 * divided by the number of workers; and those it inserted itself.
 */
final class Worker {

    private final JdbcClient client;
    private final Ledger ledger;
    private final long rows;
    private final int number;
    private final int workers;
    private final Random random;
    private final List<Long> inserted = new ArrayList<>();
    private int addresses;

    /** @param rows that the table was filled with, at least one for each worker */
    Worker(JdbcClient client, Ledger ledger, long rows, int number, int workers) {
        this.client = client;
        this.ledger = ledger;
        this.rows = rows;
        this.number = number;
        this.workers = workers;
        this.random = new Random(number);
    }

    /** What an operation was. */
    enum Kind {
        READ,
        WRITE
    }

    /**
     * Does one operation.
     *
     * @throws DataAccessException if the server refused it
     * @throws IllegalStateException if a row does not hold what was committed
     */
    Kind operate(Release release) {
        int dice = random.nextInt(100);
        if (dice < 9) {
            insert(release);
            return Kind.WRITE;
        }
        long id = pick();
        if (ledger.of(id).deleted()) {
            id = insert(release);
            return Kind.WRITE;
        }
        if (dice < 14) {
            mustBeOne("delete", id, client.sql(Release.DELETE).param("id", id).update());
            ledger.deleted(id);
        } else if (dice < 28) {
            Address address = nextAddress();
            JdbcClient.StatementSpec update = client.sql(release.updateEmail()).param("id", id);
            mustBeOne("change the address of", id, address.in(update).update());
            ledger.updated(id, ledger.of(id).withEmail(address.normalized()));
        } else if (dice < 50) {
            mustBeOne("count a login of", id, client.sql(Release.COUNT_LOGIN).param("id", id).update());
            ledger.updated(id, ledger.of(id).withLogin());
        } else {
            read(release, id);
            return Kind.READ;
        }
        return Kind.WRITE;
    }

    private void read(Release release, long id) {
        Ledger.Entry expected = ledger.of(id);
        String found = client.sql(release.select())
                .param("id", id)
                .query((row, n) -> normalize(row.getString("email")) + ", " + row.getInt("logins"))
                .optional()
                .orElse("nothing");
        String email = expected.email().orElseGet(() -> DemoTable.normalized(id));
        String wanted = email + ", " + expected.logins();
        if (!found.equals(wanted)) {
            throw new IllegalStateException("User %d should read \"%s\" and reads \"%s\". A write was lost."
                    .formatted(id, wanted, found));
        }
    }

    private long insert(Release release) {
        Address address = nextAddress();
        long id = address.in(client.sql(release.insert()))
                .param("name", "New Person")
                .param("notes", "signed up while the change ran")
                .query(Long.class)
                .single();
        inserted.add(id);
        ledger.inserted(id, address.normalized());
        return id;
    }

    private static void mustBeOne(String what, long id, int changed) {
        if (changed != 1) {
            throw new IllegalStateException("To %s user %d met %d rows instead of one. A write was lost."
                    .formatted(what, id, changed));
        }
    }

    private long pick() {
        if (!inserted.isEmpty() && random.nextInt(5) == 0) {
            return inserted.get(random.nextInt(inserted.size()));
        }
        long own = (rows - 1 - number) / workers + 1;
        return random.nextLong(own) * workers + number + 1;
    }

    /** Addresses as people type them; unique whatever their case. */
    private Address nextAddress() {
        return new Address("  Worker%d.Number%d@Signup.Example ".formatted(number, ++addresses));
    }

    private record Address(String typed) {
        String normalized() {
            return normalize(typed);
        }

        JdbcClient.StatementSpec in(JdbcClient.StatementSpec statement) {
            return statement.param("email", typed).param("normalized", normalized());
        }
    }

    private static String normalize(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
