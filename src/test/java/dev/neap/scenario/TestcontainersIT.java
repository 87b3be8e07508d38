package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same on the server that others package, where an engine for containers answers on this machine. */
@EnabledIf(value = "engineAnswers", disabledReason = "No engine for containers answers.")
class TestcontainersIT {

    private static final Example EXAMPLE = Example.of("01-normalize-email");

    static boolean engineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable()
                && DockerClientFactory.instance().dockerHostIpAddress().equals("localhost");
    }

    @Test
    void changesATableOnTheOfficialImage() {
        try (PostgreSQLContainer server = new PostgreSQLContainer("postgres:18-alpine")) {
            server.withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                    .withUsername("postgres")
                    .start();
            int port = server.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
            try (TestDatabase db = TestDatabase.on(port);
                    TestDatabase twin = TestDatabase.on(port);
                    InProcess neap = InProcess.on(db)) {
                EXAMPLE.prepare(db);
                EXAMPLE.prepare(twin);
                EXAMPLE.changeDirectly(twin);
                neap.runs().run(EXAMPLE.change(), neap.watcher());
                assertThat(neap.runs().complete(EXAMPLE.change().change().name(), neap.watcher()).state())
                        .isEqualTo(RunState.COMPLETED);
                assertThat(CatalogDump.of(db, EXAMPLE.table())).isEqualTo(CatalogDump.of(twin, EXAMPLE.table()));
            }
        }
    }
}
