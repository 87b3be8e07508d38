package dev.neap.shadow;

import dev.neap.sql.QualifiedName;
import dev.neap.sql.SqlScript;
import dev.neap.sql.SqlStatement;
import dev.neap.sql.SqlStatement.Sort;
import dev.neap.trace.Footprint;
import dev.neap.trace.Photograph;
import dev.neap.trace.Tracer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Runs statements on the shadow, one after the other, each in a transaction of its own, and reads in it what it did. Each
 * is committed, so that those after it see its work; the shadow is thrown away anyhow.
 *
 * <p>What PostgreSQL runs only outside of a transaction is run so, and its footprint stays empty. Statements that begin or
 * end transactions are passed over: every other one would commit by itself.
 */
public final class Judge {

    /** One in which local time is never UTC: a type change that is free only there must not look free. */
    private static final String TIME_ZONE = "SET TIME ZONE INTERVAL '-03:30' HOUR TO MINUTE";

    private final ShadowServer server;

    Judge(ShadowServer server) {
        this.server = server;
    }

    /**
     * @param statements in their order, each alone and as it is sent; those of one file
     * @return one each
     * @throws ShadowFailed if the shadow is gone
     */
    public List<Judged> judge(List<String> statements) {
        try (Connection connection = server.judge().getConnection()) {
            execute(connection, TIME_ZONE);
            Session session = new Session(connection, oids(connection));
            List<Judged> judged = new ArrayList<>();
            for (String statement : statements) {
                judged.add(session.judge(statement));
            }
            return judged;
        } catch (SQLException e) {
            throw new ShadowFailed("The shadow's server does not answer: %s.".formatted(e.getMessage()), e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // No escapes of the driver's: a brace in a body is the author's.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static Set<Long> oids(Connection connection) throws SQLException {
        Set<Long> oids = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT oid FROM pg_class")) {
            while (row.next()) {
                oids.add(row.getLong(1));
            }
        }
        return oids;
    }

    /** The session in which the statements of one file run. */
    private final class Session {

        private final Connection connection;
        private final Set<Long> before;

        private Session(Connection connection, Set<Long> before) {
            this.connection = connection;
            this.before = before;
        }

        private Judged judge(String text) throws SQLException {
            Set<QualifiedName> fresh = fresh();
            SqlStatement statement = SqlScript.of(text).statements().getFirst();
            if (statement.sort() == Sort.TRANSACTION || text.startsWith("\\") || isOfWholeServer(statement)) {
                return Judged.without(text, fresh);
            }
            try {
                return run(text, statement, fresh);
            } catch (SQLException e) {
                rollBack(e);
                if (!MissingRoles.make(server, e)) {
                    return failed(text, fresh, e);
                }
            }
            try {
                return run(text, statement, fresh);
            } catch (SQLException e) {
                rollBack(e);
                return failed(text, fresh, e);
            }
        }

        private Judged run(String text, SqlStatement statement, Set<QualifiedName> fresh) throws SQLException {
            if (statement.starts("CREATE", "EXTENSION")) {
                try (Connection administrator = server.administrator().getConnection()) {
                    execute(administrator, text);
                }
                return Judged.without(text, fresh);
            }
            if (statement.refusesTransactions() || statement.sort() == Sort.SETTING) {
                connection.setAutoCommit(true);
                execute(connection, statement.starts("SET", "LOCAL")
                        ? "SET " + text.substring(text.toUpperCase(Locale.ROOT).indexOf("LOCAL") + 5)
                        : text);
                return Judged.without(text, fresh);
            }
            connection.setAutoCommit(false);
            JdbcClient within = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            Photograph photograph = Tracer.photograph(within);
            execute(connection, text);
            Footprint footprint = Tracer.footprint(within, photograph);
            connection.commit();
            connection.setAutoCommit(true);
            return new Judged(text, footprint, fresh, Optional.empty());
        }

        private void rollBack(SQLException cause) throws SQLException {
            if (!connection.getAutoCommit()) {
                try {
                    connection.rollback();
                    connection.setAutoCommit(true);
                } catch (SQLException e) {
                    cause.addSuppressed(e);
                    throw cause;
                }
            }
        }

        private static Judged failed(String text, Set<QualifiedName> fresh, SQLException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
            return Judged.failed(text, fresh, String.valueOf(e.getSQLState()), message);
        }

        private static boolean isOfWholeServer(SqlStatement statement) {
            return (statement.has("DATABASE") && (statement.starts("CREATE") || statement.starts("DROP")
                    || statement.starts("ALTER") || statement.starts("REINDEX")))
                    || (statement.has("TABLESPACE") && (statement.starts("CREATE") || statement.starts("DROP")))
                    || statement.starts("ALTER", "SYSTEM");
        }

        private Set<QualifiedName> fresh() throws SQLException {
            Set<QualifiedName> fresh = new HashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT c.oid, n.nspname, c.relname
                            FROM pg_class c
                              JOIN pg_namespace n ON n.oid = c.relnamespace
                            WHERE c.oid >= 16384 AND n.nspname <> 'pg_toast'
                            """)) {
                while (row.next()) {
                    if (!before.contains(row.getLong(1))) {
                        fresh.add(QualifiedName.of(row.getString(2), row.getString(3)));
                    }
                }
            }
            return fresh;
        }
    }
}
