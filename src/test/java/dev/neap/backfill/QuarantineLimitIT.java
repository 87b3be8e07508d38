package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.NeapSchema;
import dev.neap.step.StepId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class QuarantineLimitIT {

    @Test
    void holdsForWorkersThatFindARowAtTheSameTime() throws Exception {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                Connection one = transaction(db);
                Connection two = transaction(db)) {
            NeapSchema.migrate(db.dataSource());
            assertThat(add(one, "1")).isTrue();
            CompletableFuture<Boolean> second = Background.begin(() -> add(two, "2"));
            Await.until("the second waits", () -> db.one(
                    Boolean.class,
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"));
            one.commit();

            assertThat(second.get(60, TimeUnit.SECONDS)).isFalse();
            two.commit();
            assertThat(db.list(String.class, "SELECT key[1] FROM neap.quarantine")).containsExactly("1");
        }
    }

    private static Connection transaction(TestDatabase db) throws SQLException {
        Connection connection = db.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private static boolean add(Connection connection, String key) {
        Quarantine quarantine = new Quarantine(
                JdbcClient.create(new SingleConnectionDataSource(connection, true)),
                new ChangeName("x"),
                new StepId("01-backfill"));
        return quarantine.add(0, List.of(key), "22012", "division by zero", 1);
    }
}
