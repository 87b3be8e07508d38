package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether this role sees what sessions of other roles do: without, columns are NULL and rows look idle. */
final class Sight {

    private Sight() {}

    static boolean ofOthers(JdbcClient server) {
        return server.sql("SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')")
                .query(Boolean.class)
                .single();
    }

    static Reading hidden(Instant now) {
        return new Reading.Unreadable(
                now, "what sessions of others do is hidden from this role " + ServerSignal.REMEDY);
    }
}
