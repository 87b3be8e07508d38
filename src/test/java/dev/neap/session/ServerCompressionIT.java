package dev.neap.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.SynchronousCommit;
import dev.neap.change.WalCompression;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class ServerCompressionIT {

    @ParameterizedTest
    @EnumSource
    void setsItWhereTheRoleMayAndElseLeavesIt(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            assertThat(choose(database.dataSource()).value()).isPresent();
            assertThat(inChunk(database.dataSource())).isNotEqualTo("off");

            String role = database.newRole();
            Choice refused = choose(database.dataSource(role));
            assertThat(refused.value()).isEmpty();
            assertThat(inChunk(database.dataSource(role))).isEqualTo("off");

            if (server == TestServer.NEWEST) {
                database.execute(refused.otherwise());
                assertThat(inChunk(database.dataSource(role))).isEqualTo("pglz");
                database.execute("REVOKE SET ON PARAMETER wal_compression FROM " + role);
            } else {
                assertThat(refused.otherwise()).contains("only a superuser");
            }
        }
    }

    private static Choice choose(DataSource database) {
        return settings(database).choices().getLast();
    }

    /** What holds in a transaction with the chosen settings, if none holds after it. */
    private static String inChunk(DataSource database) {
        String within = new Transactions(database).in(
                settings(database).addTo(Settings.none()), ServerCompressionIT::current);
        assertThat(current(JdbcClient.create(database))).isEqualTo("off");
        return within;
    }

    private static SessionSettings settings(DataSource database) {
        return SessionSettings.choose(
                new SessionSettings.Wanted(SynchronousCommit.KEEP, WalCompression.PGLZ),
                ServerCompression.read(JdbcClient.create(database)));
    }

    private static String current(JdbcClient jdbc) {
        return jdbc.sql("SELECT current_setting('wal_compression')").query(String.class).single();
    }
}
