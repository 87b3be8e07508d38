package dev.neap.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Makes a standby's data directory out of a running primary's: what pg_basebackup does, which the embedded binaries lack
 * (PostgreSQL manual, 25.3.3, "Making a Base Backup Using the Low Level API"). The WAL itself is not copied: the standby
 * streams it from the primary, which keeps it.
 */
final class BaseBackup {

    private static final Set<Path> EMPTIED = Set.of(Path.of("pg_wal"), Path.of("pg_replslot"), Path.of("pg_stat_tmp"));

    private static final Set<String> OMITTED = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    private BaseBackup() {}

    /**
     * @param connection to the primary; the backup belongs to its session
     * @param standby made by this; must not exist
     * @param name the application_name under which the standby shows in pg_stat_replication
     */
    static void take(Connection connection, Path primary, int port, Path standby, String name)
            throws SQLException, IOException {
        try (PreparedStatement start = connection.prepareStatement("SELECT pg_backup_start(?, fast => true)")) {
            start.setString(1, name);
            start.execute();
        }
        Directories.copy(primary, standby, EMPTIED, OMITTED);
        Files.createDirectories(standby.resolve("pg_wal/archive_status"));
        try (Statement stop = connection.createStatement();
                ResultSet result = stop
                        .executeQuery("SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
            result.next();
            Files.writeString(standby.resolve("backup_label"), result.getString(1));
        }
        Files.writeString(standby.resolve("standby.signal"), "");
        Files.writeString(
                standby.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres application_name=%s'%n".formatted(port,
                        name));
    }
}
