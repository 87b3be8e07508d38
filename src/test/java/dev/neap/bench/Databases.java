package dev.neap.bench;

import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The databases of a server on 127.0.0.1 that trusts its superuser.
 *
 * @param port that it listens on
 */
record Databases(int port) {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String SUPERUSER = "postgres";

    PGSimpleDataSource administration() {
        return source("postgres");
    }

    /** Not a pool: each connection is a new session. */
    PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{"127.0.0.1"});
        source.setPortNumbers(new int[]{port});
        source.setDatabaseName(database);
        source.setUser(SUPERUSER);
        source.setApplicationName("bench");
        return source;
    }

    /** For JDBC, with the user. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(port, database, SUPERUSER);
    }

    /** Makes the table once, in a database that is only copied from then on. */
    TableCopy create(BenchTable table, long rows, long seed) {
        TableCopy template = new TableCopy(this, fresh(table), table, rows);
        execute("CREATE DATABASE " + template.database());
        JdbcClient client = JdbcClient.create(source(template.database()));
        table.create(rows, seed).forEach(sql -> client.sql(sql).update());
        template.awaitQuiet();
        return template;
    }

    /** Its files are copied and synced to disk before this returns. */
    TableCopy copy(TableCopy template) {
        TableCopy copy = new TableCopy(this, fresh(template.table()), template.table(), template.rows());
        execute("CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy".formatted(copy.database(), template.database()));
        return copy;
    }

    private static String fresh(BenchTable table) {
        return "bench_%s_%d_%d"
                .formatted(table.letter(), ProcessHandle.current().pid(), COUNTER.incrementAndGet());
    }

    void drop(String database) {
        execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
    }

    /** So that whoever comes next pays for the first change of every page alike: with an image of the whole page. */
    void checkpoint() {
        execute("CHECKPOINT");
    }

    /** How far the WAL has been written, in bytes; of all databases together. */
    long walPosition() {
        return JdbcClient.create(administration())
                .sql("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
                .query(Long.class)
                .single();
    }

    String version() {
        return JdbcClient.create(administration())
                .sql("SELECT split_part(current_setting('server_version'), ' ', 1)")
                .query(String.class)
                .single();
    }

    void execute(String sql) {
        JdbcClient.create(administration()).sql(sql).update();
    }
}
