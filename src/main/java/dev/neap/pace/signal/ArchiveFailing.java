package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the last attempt to archive WAL failed: until archiving works again, WAL piles up on the primary's disk. */
final class ArchiveFailing implements ServerSignal {

    private static final String ARCHIVER = """
            SELECT current_setting('archive_mode') <> 'off'
                     AND last_failed_time > coalesce(last_archived_time, '-infinity') AS failing,
                   failed_count, last_failed_wal
              FROM pg_stat_archiver
            """;

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return server.sql(ARCHIVER)
                .query((row, i) -> judge(
                        row.getBoolean("failing"),
                        row.getLong("failed_count"),
                        Optional.ofNullable(row.getString("last_failed_wal")).orElse("?"),
                        now))
                .single();
    }

    /**
     * @param failing whether there was a failure since the last success
     * @param failures of all times
     * @param segment the last one that failed
     */
    static Reading judge(boolean failing, long failures, String segment, Instant now) {
        return failing
                ? new Reading.Level(
                        now,
                        Pressure.TOO_MUCH,
                        "archiving WAL segment %s fails (%,d failures)".formatted(segment, failures))
                : new Reading.Level(now, 0, "archiving does not fail");
    }
}
