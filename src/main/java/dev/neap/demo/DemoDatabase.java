package dev.neap.demo;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a demo server listens. It needs no password, and only this machine can reach it.
 *
 * @param jdbcUrl {@code jdbc:postgresql://127.0.0.1:…/…}
 */
public record DemoDatabase(String jdbcUrl, String user) {

    static DemoDatabase onPort(int port) {
        return new DemoDatabase("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres");
    }

    /** A new connection for each use, under a name that shows in pg_stat_activity. */
    DataSource dataSource(String applicationName) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setApplicationName(applicationName);
        return source;
    }
}
