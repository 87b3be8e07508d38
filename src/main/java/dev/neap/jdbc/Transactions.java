package dev.neap.jdbc;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in a transaction with settings of its own. All settings are local to the transaction, so nothing depends on
 * a session, and a pooler in transaction mode does no harm.
 */
public final class Transactions {

    private final JdbcTemplate statements;
    private final JdbcClient jdbc;
    private final TransactionTemplate template;

    public Transactions(DataSource dataSource) {
        this.statements = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(statements);
        this.template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** The client that takes part in a transaction of this data source, if the thread is in one. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** For statements that are sent as they stand, on the same connection; see {@link #execute}. */
    public JdbcTemplate statements() {
        return statements;
    }

    /** Sends SQL that takes no parameters as it stands: a question mark or a brace in it means what PostgreSQL says. */
    public void execute(String sql) {
        statements.execute((StatementCallback<Boolean>) statement -> {
            statement.setEscapeProcessing(false);
            return statement.execute(sql);
        });
    }

    /**
     * Makes the transaction that has just begun READ COMMITTED, whatever the role's default is: work that waits for a lock
     * has to see what the one before it committed. Must come before any query.
     */
    public void readCommitted() {
        execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
    }

    /** Commits if {@code work} returns, rolls back if it throws. */
    public <T> T in(Settings settings, Function<JdbcClient, T> work) {
        return Objects.requireNonNull(template.execute(status -> {
            readCommitted();
            settings.apply(jdbc);
            return work.apply(jdbc);
        }));
    }

    /**
     * Settings of one transaction.
     *
     * @param values by PostgreSQL's name
     */
    public record Settings(Map<String, String> values) {

        public static Settings none() {
            return new Settings(Map.of());
        }

        /** The longest wait for any one lock. */
        public Settings lockTimeout(Duration limit) {
            return with("lock_timeout", limit.toMillis() + "ms");
        }

        /** The longest that any one statement may take, waiting for locks included. */
        public Settings statementTimeout(Duration limit) {
            return with("statement_timeout", limit.toMillis() + "ms");
        }

        public Settings with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(values);
            more.put(name, value);
            return new Settings(more);
        }

        /** Sets them for the transaction that the current thread is in. */
        public void apply(JdbcClient jdbc) {
            if (values.isEmpty()) {
                return;
            }
            String calls = String.join(", ", Collections.nCopies(values.size(), "set_config(?, ?, true)"));
            List<String> parameters = values.entrySet()
                    .stream()
                    .flatMap(setting -> Stream.of(setting.getKey(), setting.getValue()))
                    .toList();
            jdbc.sql("SELECT " + calls).params(parameters).query().listOfRows();
        }
    }
}
