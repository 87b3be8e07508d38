package dev.neap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestServerIT {

    @ParameterizedTest
    @EnumSource
    void givesEachTestItsOwnDatabaseOnTheVersionAskedFor(TestServer server) {
        try (TestDatabase one = TestDatabase.on(server);
                TestDatabase other = TestDatabase.on(server)) {
            one.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2)");
            assertThat(one.list(Integer.class, "SELECT a FROM t ORDER BY a")).containsExactly(1, 2);
            assertThat(one.one(Integer.class, "SELECT current_setting('server_version_num')::int / 10000"))
                    .isEqualTo(server.major());
            assertThat(other.one(Boolean.class, "SELECT to_regclass('t') IS NULL")).isTrue();
        }
    }

    @Test
    void losesNoCommitWhenItsOwnServerCrashes(@TempDir Path directory) {
        try (OwnServer server = OwnServer.in(directory, TestServer.NEWEST, Map.of())) {
            TestDatabase database = TestDatabase.on(server);
            database.execute("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
            int port = server.port();

            server.stopImmediate();
            server.start();

            assertThat(server.port()).isEqualTo(port);
            assertThat(database.one(Integer.class, "SELECT a FROM t")).isEqualTo(1);
        }
    }
}
