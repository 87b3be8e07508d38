package dev.neap.shadow;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the schema of a database from its catalog, as statements that build it anew; takes no lock but on the catalog
 * itself. Owners, privileges, comments, tablespaces and rows stay behind, as none of them changes what a statement locks.
 * What extensions bring comes with them.
 */
final class SchemaReader {

    private SchemaReader() {}

    /**
     * @param statements in about the order in which they can be run
     * @param omitted what is not copied, a sentence each
     * @param searchPath where names without a schema are looked for
     */
    record Schema(List<String> statements, List<String> omitted, String searchPath) {}

    static Schema read(DataSource target) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(target));
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        JdbcClient jdbc = JdbcClient.create(target);
        return Objects.requireNonNull(transaction.execute(status -> {
            String searchPath = jdbc.sql("SELECT current_setting('search_path')").query(String.class).single();
            // So that every name in the texts that PostgreSQL prints is qualified.
            jdbc.sql("SELECT set_config('search_path', '', true), set_config('lock_timeout', '5s', true)")
                    .query()
                    .singleRow();
            List<String> statements = new ArrayList<>();
            for (String query : SchemaQueries.OBJECTS) {
                statements.addAll(texts(jdbc, query));
            }
            List<String> omitted = texts(jdbc, SchemaQueries.OMITTED);
            return new Schema(statements, omitted, searchPath);
        }));
    }

    private static List<String> texts(JdbcClient jdbc, String query) {
        return jdbc.sql(query).query((row, i) -> String.valueOf(row.getString(1))).list();
    }
}
