package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that get their values from another table, whether the table is in one piece or not. */
class SubqueriesIT {

    private static final String CHANGE = """
            change: countries
            table: public.orders
            operations:
              - backfill:
                  set: {country: "(SELECT c.country FROM customers AS c WHERE c.id = orders.customer)"}
                  where: country IS NULL
            """;

    @ParameterizedTest
    @EnumSource
    void areFilledFromIt(TestServer server) {
        fill(server, "");
    }

    @ParameterizedTest
    @EnumSource
    void areFilledFromItInEachPartition(TestServer server) {
        fill(server, " PARTITION BY HASH (id)");
    }

    private static void fill(TestServer server, String division) {
        try (TestDatabase db = TestDatabase.on(server); InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE customers (id int PRIMARY KEY, country text NOT NULL)",
                    "INSERT INTO customers SELECT i, 'country ' || i % 7 FROM generate_series(1, 100) i",
                    "CREATE TABLE orders (id int PRIMARY KEY, customer int NOT NULL REFERENCES customers, country text)"
                            + division);
            if (!division.isEmpty()) {
                db.execute(
                        "CREATE TABLE orders_0 PARTITION OF orders FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
            }
            db.execute("INSERT INTO orders SELECT i, 1 + i % 100 FROM generate_series(1, 3000) i");
            assertThat(neap.runs().run(InProcess.change(CHANGE), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(db.one(Long.class, "SELECT count(*) FROM orders JOIN customers AS c ON c.id = customer"
                    + " WHERE orders.country = c.country")).isEqualTo(3_000);
        }
    }
}
