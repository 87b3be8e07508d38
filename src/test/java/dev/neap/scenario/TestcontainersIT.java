package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.run.RunState;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same on the server that others package, where an engine for containers answers on this machine and has its image. */
class TestcontainersIT {

    private static final Example EXAMPLE = Example.of("01-normalize-email");

    /** Skips the test, with the reason, where there is no engine, or it can get no image: there may be no registry. */
    private static void start(PostgreSQLContainer server) {
        try {
            DockerClientFactory engine = DockerClientFactory.instance();
            assumeTrue(engine.isDockerAvailable(), "No engine for containers answers.");
            assumeTrue(engine.dockerHostIpAddress().equals("localhost"), "The engine is on another machine.");
            server.withEnv("POSTGRES_HOST_AUTH_METHOD", "trust").withUsername("postgres").start();
        } catch (RuntimeException e) {
            assumeFalse(isNoImage(e), () -> "The engine can get no image: " + deepest(e).getMessage());
            throw e;
        }
    }

    private static boolean isNoImage(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ContainerFetchException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable deepest(Throwable error) {
        return error.getCause() == null ? error : deepest(error.getCause());
    }

    @Test
    void changesATableOnTheOfficialImage() {
        try (PostgreSQLContainer server = new PostgreSQLContainer("postgres:18-alpine")) {
            start(server);
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
