package dev.neap.run;

import dev.neap.change.operation.Names;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Neap's own tables in the database that it works on. */
public final class NeapSchema {

    private NeapSchema() {}

    /** Creates or updates schema {@code neap}. Safe to run from several processes at once. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(Names.SCHEMA.value())
                .defaultSchema(Names.SCHEMA.value())
                .createSchemas(true)
                .table("schema_history")
                .locations("classpath:dev/neap/schema")
                .load()
                .migrate();
    }
}
