package dev.neap.shadow;

import dev.neap.shadow.Judge.Ending;
import dev.neap.sql.QualifiedName;
import dev.neap.sql.SqlScript;
import dev.neap.sql.SqlStatement;
import dev.neap.sql.SqlStatement.Sort;
import dev.neap.trace.Footprint;
import dev.neap.trace.Photograph;
import dev.neap.trace.Tracer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A session in which statements that belong together are judged. */
final class JudgeSession {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final ShadowServer server;
    private final Connection connection;
    private final JdbcClient within;
    private final Set<Long> before;
    private final Set<String> installed = new HashSet<>();

    private JudgeSession(ShadowServer server, Connection connection, Set<Long> before) {
        this.server = server;
        this.connection = connection;
        this.within = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.before = before;
    }

    static JudgeSession of(ShadowServer server, Connection connection) throws SQLException {
        Set<Long> oids = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT oid FROM pg_class")) {
            while (row.next()) {
                oids.add(row.getLong(1));
            }
        }
        return new JudgeSession(server, connection, oids);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // No escapes of the driver's: a brace in a body is the author's.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** In a transaction of its own, or outside of any if it has to be. */
    Judged alone(String text) throws SQLException {
        Set<QualifiedName> fresh = fresh();
        SqlStatement statement = SqlScript.of(text).statements().getFirst();
        if (isPassedOver(statement)) {
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
            install(text);
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
        Photograph photograph = Tracer.photograph(within);
        if (statement.starts("COPY") && (statement.has("STDIN") || statement.has("STDOUT"))) {
            copyNothing(text, statement);
        } else {
            execute(connection, text);
        }
        Footprint footprint = Tracer.footprint(within, photograph);
        connection.commit();
        connection.setAutoCommit(true);
        return new Judged(text, footprint, fresh, Optional.empty());
    }

    /** As psql does it, whose file has the rows; a step of a change sends statements alone, and so fails there as here. */
    private void copyNothing(String text, SqlStatement statement) throws SQLException {
        CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
        try {
            long unused = statement.has("STDIN")
                    ? copying.copyIn(text, InputStream.nullInputStream())
                    : copying.copyOut(text, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new ShadowFailed("The shadow's server does not answer: %s.".formatted(e.getMessage()), e);
        }
    }

    /** All in one transaction; what it lacks on a server of our own is made outside of it, and it begins anew. */
    List<Judged> together(List<String> texts, Ending ending) throws SQLException {
        while (true) {
            List<Judged> judged = new ArrayList<>();
            Optional<SQLException> error = attempt(texts, judged, ending);
            if (error.isEmpty() || !provided(judged.getLast().statement(), error.get())) {
                return judged;
            }
        }
    }

    private Optional<SQLException> attempt(List<String> texts, List<Judged> judged, Ending ending)
            throws SQLException {
        connection.setAutoCommit(false);
        Photograph photograph = Tracer.photograph(within);
        Footprint so = new Footprint(List.of());
        for (String text : texts) {
            Set<QualifiedName> fresh = fresh();
            SqlStatement statement = SqlScript.of(text).statements().getFirst();
            if (isPassedOver(statement) || installed.contains(text)) {
                judged.add(Judged.without(text, fresh));
                continue;
            }
            try {
                execute(connection, text);
            } catch (SQLException e) {
                rollBack(e);
                judged.add(failed(text, fresh, e));
                return Optional.of(e);
            }
            Footprint now = Tracer.footprint(within, photograph);
            judged.add(new Judged(text, now.since(so), fresh, Optional.empty()));
            so = now;
        }
        return end(judged, ending);
    }

    private Optional<SQLException> end(List<Judged> judged, Ending ending) throws SQLException {
        try {
            switch (ending) {
                case COMMITTED -> connection.commit();
                case ROLLED_BACK -> connection.rollback();
            }
            connection.setAutoCommit(true);
            return Optional.empty();
        } catch (SQLException e) {
            // What is checked only then: a deferred constraint.
            rollBack(e);
            Judged last = judged.removeLast();
            judged.add(failed(last.statement(), last.fresh(), e));
            return Optional.of(e);
        }
    }

    /** Whether what it lacked is there now, so that it is worth another try. */
    private boolean provided(String text, SQLException error) throws SQLException {
        boolean extension = SqlScript.of(text).statements().getFirst().starts("CREATE", "EXTENSION");
        if (extension && INSUFFICIENT_PRIVILEGE.equals(error.getSQLState()) && installed.add(text)) {
            try {
                install(text);
                return true;
            } catch (SQLException e) {
                error.addSuppressed(e);
                return false;
            }
        }
        return MissingRoles.make(server, error);
    }

    private void install(String text) throws SQLException {
        try (Connection administrator = server.administrator().getConnection()) {
            execute(administrator, text);
        }
    }

    /** Outside of any transaction, while others write. */
    Judged amongWriters(String text) throws SQLException {
        Set<QualifiedName> fresh = fresh();
        SqlStatement statement = SqlScript.of(text).statements().getFirst();
        if (isPassedOver(statement)) {
            return Judged.without(text, fresh);
        }
        try (AmongWriters writers = AmongWriters.on(server)) {
            return new Judged(text, writers.footprint(connection, text), fresh, Optional.empty());
        } catch (SQLException e) {
            return failed(text, fresh, e);
        }
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

    /** What would end the transaction that is looked at, is about the whole server, or reaches another one. */
    private static boolean isPassedOver(SqlStatement statement) {
        return statement.sort() == Sort.TRANSACTION
                || statement.text().startsWith("\\")
                || (statement.has("DATABASE") && (statement.starts("CREATE") || statement.starts("DROP")
                        || statement.starts("ALTER") || statement.starts("REINDEX")))
                || (statement.has("TABLESPACE") && (statement.starts("CREATE") || statement.starts("DROP")))
                || statement.starts("CREATE", "SUBSCRIPTION")
                || statement.starts("ALTER", "SUBSCRIPTION")
                || statement.starts("DROP", "SUBSCRIPTION")
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
