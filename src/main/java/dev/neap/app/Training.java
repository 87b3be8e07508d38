package dev.neap.app;

import dev.neap.change.yaml.ChangeReader;
import dev.neap.demo.DemoChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what every run begins with and {@code --version} does not need, so that a class-data or AOT cache recorded during
 * that command speeds up the others too. No database is asked; what fails is left out, and the cache only gets smaller.
 */
final class Training {

    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    /** Nothing listens there, and nothing is to: no connection is wanted. */
    private static final DatabaseTarget NOWHERE = new DatabaseTarget(
            List.of(new DatabaseTarget.Host("127.0.0.1", 1)), "nowhere", "nobody", Optional.empty(), Map.of());

    /** A start takes a second or two; one that waits for something is not waited for. */
    private static final long PATIENCE_MILLIS = 20_000;

    private static final List<String> CLASSES = List.of(
            "dev.neap.backfill.Pass",
            "dev.neap.batch.PassSteps",
            "dev.neap.catalog.Prober",
            "dev.neap.plan.Planner",
            "dev.neap.preflight.Preflight",
            "org.flywaydb.core.Flyway",
            "org.flywaydb.core.internal.command.DbMigrate",
            "org.flywaydb.database.postgresql.PostgreSQLDatabaseType",
            "org.postgresql.Driver",
            "org.postgresql.core.v3.ConnectionFactoryImpl",
            "org.postgresql.core.v3.QueryExecutorImpl",
            "org.postgresql.jdbc.PgConnection",
            "org.postgresql.jdbc.PgDatabaseMetaData",
            "org.postgresql.jdbc.PgPreparedStatement",
            "org.postgresql.jdbc.PgResultSet",
            "org.springframework.batch.core.job.SimpleJob",
            "org.springframework.batch.core.step.tasklet.TaskletStep",
            "org.springframework.jdbc.core.JdbcTemplate",
            "org.springframework.jdbc.core.simple.JdbcClient",
            "tools.jackson.databind.json.JsonMapper");

    private Training() {}

    /** Returns in any case, at the latest after some twenty seconds. */
    static void rehearse() {
        Thread rehearsal = Thread.ofPlatform().daemon().name("training").start(() -> {
            attempt(Training::loadClasses);
            attempt(() -> new ChangeReader().read(DemoChange.SOURCE, DemoChange.text()));
            attempt(() -> SettingsReader.read(Optional.empty(), Map.of()));
            attempt(Training::wire);
        });
        try {
            rehearsal.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A part of the training was left out.", e);
        }
    }

    private static void wire() {
        try (SpringRuns spring = SpringRuns.open(NeapSettings.defaults(), NOWHERE, ShadowPlaces.NONE)) {
            spring.runs();
        }
    }

    private static void loadClasses() {
        for (String name : CLASSES) {
            try {
                Class.forName(name);
            } catch (ClassNotFoundException e) {
                LOG.debug("There is no {} any more.", name, e);
            }
        }
    }
}
