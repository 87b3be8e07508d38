package dev.neap.postgres;

import dev.neap.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A fresh, empty database of one test; gone when it is closed. */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String SUPERUSER = "postgres";

    private final int port;
    private final String name;
    private final JdbcClient client;

    private TestDatabase(int port) {
        this(port, "");
    }

    private TestDatabase(int port, String options) {
        this.port = port;
        this.name = "test_%d_%d".formatted(ProcessHandle.current().pid(), COUNTER.incrementAndGet());
        JdbcClient.create(source(port, "postgres", SUPERUSER)).sql("CREATE DATABASE " + name + options).update();
        this.client = JdbcClient.create(dataSource());
    }

    public static TestDatabase on(TestServer server) {
        return new TestDatabase(server.port());
    }

    /** Of another encoding than the server's others, with the collation that goes with all of them. */
    public static TestDatabase on(TestServer server, String encoding) {
        return new TestDatabase(
                server.port(),
                " ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    }

    public static TestDatabase on(OwnServer server) {
        return new TestDatabase(server.port());
    }

    /** On a server that listens on 127.0.0.1 and trusts every user. */
    public static TestDatabase on(int port) {
        return new TestDatabase(port);
    }

    public String name() {
        return name;
    }

    /** For JDBC, with the user. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(port, name, SUPERUSER);
    }

    /** For libpq and everything that takes what psql takes. */
    public String uri() {
        return "postgresql://%s@127.0.0.1:%d/%s".formatted(SUPERUSER, port, name);
    }

    /** A superuser; no password is needed. */
    public String user() {
        return SUPERUSER;
    }

    /** Not a pool: each connection is a new session. */
    public DataSource dataSource() {
        return dataSource(SUPERUSER);
    }

    /** The same for any other role that may log in. */
    public DataSource dataSource(String role) {
        return source(port, name, role);
    }

    /** A new session, to be closed by the caller. */
    public Connection connect() {
        try {
            return dataSource().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException("No connection to " + name + ".", e);
        }
    }

    /** A new role without any right, which may log in; roles belong to the server, so its name is unique there. */
    public String newRole() {
        String role = name + "_role_" + COUNTER.incrementAndGet();
        execute("CREATE ROLE " + role + " LOGIN");
        return role;
    }

    /** Each text may hold several statements; each text is one transaction, unless it begins its own. */
    public TestDatabase execute(String... sql) {
        for (String text : sql) {
            new JdbcTemplate(dataSource()).execute(text);
        }
        return this;
    }

    /** The only column of the only row; it must not be NULL. */
    public <T> T one(Class<T> type, String sql, Object... parameters) {
        return client.sql(sql).params(parameters).query(type).single();
    }

    /** The only column of all rows. */
    public <T> List<T> list(Class<T> type, String sql, Object... parameters) {
        return client.sql(sql).params(parameters).query(type).list();
    }

    /** All rows, by column name. */
    public List<Map<String, Object>> rows(String sql, Object... parameters) {
        return client.sql(sql).params(parameters).query().listOfRows();
    }

    @Override
    public void close() {
        JdbcClient.create(source(port, "postgres", SUPERUSER))
                .sql("DROP DATABASE IF EXISTS " + new Identifier(name) + " WITH (FORCE)")
                .update();
    }

    private static PGSimpleDataSource source(int port, String database, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{"127.0.0.1"});
        source.setPortNumbers(new int[]{port});
        source.setDatabaseName(database);
        source.setUser(user);
        return source;
    }
}
