package dev.neap.shadow;

import dev.neap.postgres.TestServer;
import dev.neap.sql.Identifier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Many shadows with one schema, on the tests' servers: it is built once a server, and copied as files. */
public final class TestShadow {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final DumpFile schema;
    private final Map<TestServer, String> templates = new EnumMap<>(TestServer.class);

    public TestShadow(String dump) {
        this.schema = DumpFile.of(dump);
    }

    public synchronized Shadow fresh(TestServer server) {
        String template = templates.computeIfAbsent(server, this::template);
        String database = "shadow_%d_%d".formatted(ProcessHandle.current().pid(), COUNTER.incrementAndGet());
        String copying = server == TestServer.NEWEST ? " STRATEGY file_copy" : "";
        administrator(server.port(), "CREATE DATABASE " + database + " TEMPLATE " + template + copying);
        return new Shadow(new OnTestServer(server.port(), database), List.of());
    }

    /**
     * With the schema of a database, on the very server that has it, which Neap itself refuses: in a test nobody works there,
     * and it is quick.
     *
     * @param port of that server
     */
    public static Shadow beside(DataSource target, int port) {
        String database = "shadow_%d_%d".formatted(ProcessHandle.current().pid(), COUNTER.incrementAndGet());
        administrator(port, "CREATE DATABASE " + database + " TEMPLATE template0");
        return Shadow.copy(target, new OnTestServer(port, database));
    }

    private String template(TestServer server) {
        String database = "template_%d_%d".formatted(ProcessHandle.current().pid(), COUNTER.incrementAndGet());
        administrator(server.port(), "CREATE DATABASE " + database);
        List<String> lacking = new SchemaBuilder(new OnTestServer(server.port(), database)).build(schema.statements());
        if (!lacking.isEmpty()) {
            throw new AssertionError(lacking);
        }
        return database;
    }

    private static void administrator(int port, String sql) {
        new JdbcTemplate(source(port, "postgres")).execute(sql);
    }

    private static DataSource source(int port, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{"127.0.0.1"});
        source.setPortNumbers(new int[]{port});
        source.setDatabaseName(database);
        source.setUser("postgres");
        return source;
    }

    /** A database of a test's server; nobody else uses it. */
    private record OnTestServer(int port, String name) implements ShadowServer {

        @Override
        public DataSource administrator() {
            return source(port, name);
        }

        @Override
        public DataSource judge() {
            return administrator();
        }

        @Override
        public boolean rolesMayBeMade() {
            return false;
        }

        @Override
        public void close() {
            TestShadow.administrator(port, "DROP DATABASE IF EXISTS " + new Identifier(name) + " WITH (FORCE)");
        }
    }
}
