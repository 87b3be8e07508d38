package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many WAL segments wait to be archived; needs a right that members of pg_monitor have. */
final class ArchiveBacklog implements ServerSignal {

    private static final String READY = "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'";

    private final DoubleSupplier limit;

    ArchiveBacklog(DoubleSupplier limit) {
        this.limit = limit;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return judge(server.sql(READY).query(Long.class).single(), now);
    }

    Reading judge(long waiting, Instant now) {
        return Pressure.level(now, waiting, limit.getAsDouble(),
                "%s WAL segments wait to be archived (limit %s)".formatted(
                        Unit.NUMBER.words(waiting), Unit.NUMBER.words(limit.getAsDouble())));
    }
}
