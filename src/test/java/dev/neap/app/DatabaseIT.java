package dev.neap.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseIT {

    @Test
    void leavesASessionThatHasBecomeReadOnlyForANewOne() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                HikariDataSource pool = Database.pool(target(db), 1)) {
            JdbcClient jdbc = JdbcClient.create(pool);
            // As a standby says it, once its server has been demoted.
            jdbc.sql("SET default_transaction_read_only = on").update();
            assertThatThrownBy(() -> jdbc.sql("CREATE TABLE t (id int)").update()).hasMessageContaining("read-only");

            jdbc.sql("CREATE TABLE t (id int)").update();

            // An error of any other kind is no reason to part.
            int session = session(jdbc);
            assertThatThrownBy(() -> jdbc.sql("SELECT 1 / 0").query(Integer.class).single())
                    .hasMessageContaining("division by zero");
            assertThat(session(jdbc)).isEqualTo(session);
        }
    }

    private static int session(JdbcClient jdbc) {
        return jdbc.sql("SELECT pg_backend_pid()").query(Integer.class).single();
    }

    private static DatabaseTarget target(TestDatabase db) {
        URI uri = URI.create(db.uri().replaceFirst("^postgresql", "http"));
        return new DatabaseTarget(
                List.of(new DatabaseTarget.Host(uri.getHost(), uri.getPort())),
                uri.getPath().substring(1),
                db.user(),
                Optional.empty(),
                Map.of());
    }
}
