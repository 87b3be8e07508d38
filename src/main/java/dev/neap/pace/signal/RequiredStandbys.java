package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the standbys that must be there are: one that dies vanishes from {@code pg_stat_replication} without a word. */
final class RequiredStandbys implements ServerSignal {

    private static final String CONNECTED = """
            SELECT application_name
              FROM pg_stat_replication
             WHERE application_name IS NOT NULL AND (state IS NULL OR state IN ('streaming', 'catchup'))
            """;

    private final List<String> required;

    /** @param required names in pg_stat_replication */
    RequiredStandbys(List<String> required) {
        this.required = List.copyOf(required);
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return judge(Set.copyOf(server.sql(CONNECTED).query(String.class).list()), now);
    }

    Reading judge(Set<String> connected, Instant now) {
        List<String> missing = required.stream().filter(name -> !connected.contains(name)).toList();
        if (missing.isEmpty()) {
            return new Reading.Level(now, 0, "all %d required standbys are connected".formatted(required.size()));
        }
        return new Reading.Level(
                now,
                Pressure.TOO_MUCH,
                missing.stream()
                        .collect(Collectors.joining(
                                ", ", missing.size() == 1 ? "required standby " : "required standbys ",
                                missing.size() == 1 ? " is not connected" : " are not connected")));
    }
}
