package dev.neap.app;

import java.util.List;

/**
 * Loads what a run needs and {@code --version} does not, so that a class-data or AOT cache recorded during that command
 * speeds up the others too. Nothing is run; a class that is missing is left out.
 */
final class Training {

    private static final List<String> NAMES = List.of(
            "com.zaxxer.hikari.HikariDataSource",
            "com.zaxxer.hikari.pool.HikariPool",
            "dev.neap.plan.Planner",
            "dev.neap.run.RunLog",
            "org.flywaydb.core.Flyway",
            "org.postgresql.Driver",
            "org.postgresql.jdbc.PgConnection",
            "org.postgresql.jdbc.PgPreparedStatement",
            "org.postgresql.jdbc.PgResultSet",
            "org.springframework.batch.core.job.SimpleJob",
            "org.springframework.batch.core.step.tasklet.TaskletStep",
            "org.springframework.boot.SpringApplication",
            "org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor",
            "org.springframework.boot.context.properties.bind.Binder",
            "org.springframework.context.annotation.AnnotationConfigApplicationContext",
            "org.springframework.jdbc.core.JdbcTemplate",
            "org.springframework.jdbc.support.JdbcTransactionManager",
            "org.yaml.snakeyaml.Yaml",
            "tools.jackson.databind.json.JsonMapper");

    private Training() {}

    static void loadClasses() {
        for (String name : NAMES) {
            try {
                Class.forName(name);
            } catch (ClassNotFoundException | LinkageError missing) {
                // The cache only gets smaller.
            }
        }
    }
}
