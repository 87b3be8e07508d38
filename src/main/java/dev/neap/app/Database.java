package dev.neap.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ConnectionRequest;
import dev.neap.cli.ExitCode;
import dev.neap.cli.Failures;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Connects. */
public final class Database {

    /** invalid_password, invalid_authorization; the driver says 08004 when it was asked for a password and has none. */
    private static final Set<String> PASSWORD_WANTED = Set.of("28P01", "28000", "08004");

    /** read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";
    private static final String NOT_SUPPORTED = "0A000";

    /** Short: while the server is away, each statement of a run waits so long before its reason can be told. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);

    /** The pool takes no shorter one; it looks twice a minute. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** The pool takes no shorter one. */
    private static final Duration LEAST_CONNECTION_TIMEOUT = Duration.ofMillis(250);

    /** As the sync triggers have it, whatever the database or the role says: else texts of numbers would differ. */
    private static final String ALL_DIGITS = "SET extra_float_digits = 1";

    private Database() {}

    /**
     * Connects once, asking for the password if the server wants one and a person is there to answer.
     *
     * @return the target, with the password that worked
     * @throws CommandFailed if it can't be reached
     */
    static DatabaseTarget reach(DatabaseTarget target, ConnectionRequest request) {
        try {
            connect(target);
            return target;
        } catch (SQLException e) {
            if (target.password().isEmpty() && PASSWORD_WANTED.contains(String.valueOf(e.getSQLState()))) {
                Optional<String> answer = request.askPassword().apply("Password for " + target.describe() + ": ");
                if (answer.isPresent()) {
                    return reach(target.withPassword(Secret.of(answer.get())), request);
                }
            }
            throw unreachable(target, e);
        }
    }

    /**
     * A pool that opens connections as they are needed and keeps none that rests.
     *
     * @param size the most connections at a time; ≥ 1
     */
    public static HikariDataSource pool(DatabaseTarget target, int size) {
        return pool(target, size, CONNECTION_TIMEOUT);
    }

    /**
     * The same for a run that gives up once the server has been away for so long: it must not wait longer than that for
     * connections.
     */
    static HikariDataSource pool(DatabaseTarget target, int size, Duration giveUpAfter) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("neap");
        config.setJdbcUrl(target.jdbcUrl());
        config.setDataSourceProperties(target.properties());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(Math.clamp(
                giveUpAfter.toMillis(), LEAST_CONNECTION_TIMEOUT.toMillis(), CONNECTION_TIMEOUT.toMillis()));
        config.setConnectionInitSql(ALL_DIGITS);
        config.setExceptionOverride(new Evictions());
        return new HikariDataSource(config);
    }

    /**
     * A server that has become a standby keeps its sessions; only a new connection finds the new primary. That PostgreSQL
     * does not support a statement, which the pool takes for a broken driver, is an error like any other.
     */
    private static final class Evictions implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException error) {
            return switch (String.valueOf(error.getSQLState())) {
                case READ_ONLY -> Override.MUST_EVICT;
                case NOT_SUPPORTED -> Override.DO_NOT_EVICT;
                default -> Override.CONTINUE_EVICT;
            };
        }
    }

    private static void connect(DatabaseTarget target) throws SQLException {
        DriverManager.getConnection(target.jdbcUrl(), target.properties()).close();
    }

    private static CommandFailed unreachable(DatabaseTarget target, SQLException error) {
        return new CommandFailed(
                ExitCode.UNREACHABLE,
                "Database %s can't be reached: %s %s"
                        .formatted(target.describe(), sentence(error), Failures.remedyFor(error)),
                error);
    }

    private static String sentence(SQLException error) {
        String line = String.valueOf(error.getMessage()).lines().findFirst().orElse("").replaceFirst("^FATAL: ", "");
        return line.endsWith(".") ? line : line + ".";
    }
}
