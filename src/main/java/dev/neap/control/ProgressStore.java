package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.ServerEncoding;
import dev.neap.run.Progress;
import dev.neap.run.Remaining;
import dev.neap.step.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How far runs are, in {@code neap.progress}. */
final class ProgressStore {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private volatile @Nullable ServerEncoding encoding;

    ProgressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells others, if the lease is still ours. */
    void publish(ChangeName change, UUID lease, Relay.Told told, List<Published.SignalReading> readings) {
        Progress progress = told.progress();
        ServerEncoding known = encoding();
        jdbc.sql(
                """
                        INSERT INTO neap.progress (change, phase, step, steps, title, visited, total, changed, rows_per_second,
                                                   workers, remaining_low, remaining_high, waiting, waiting_for, waiting_since, held,
                                                   step_began_at, readings, events)
                        SELECT change, ?, ?, ?, ?, ?, ?, ?, ?, ?, make_interval(secs => ?), make_interval(secs => ?), ?, ?, ?,
                               make_interval(secs => ?), ?, ?::jsonb, ?::jsonb
                          FROM neap.lease WHERE change = ? AND token = ?
                        ON CONFLICT (change) DO UPDATE
                           SET (phase, step, steps, title, visited, total, changed, rows_per_second, workers, remaining_low,
                                remaining_high, waiting, waiting_for, waiting_since, held, step_began_at, readings, events, at)
                             = (EXCLUDED.phase, EXCLUDED.step, EXCLUDED.steps, EXCLUDED.title, EXCLUDED.visited, EXCLUDED.total,
                                EXCLUDED.changed, EXCLUDED.rows_per_second, EXCLUDED.workers, EXCLUDED.remaining_low,
                                EXCLUDED.remaining_high, EXCLUDED.waiting, EXCLUDED.waiting_for, EXCLUDED.waiting_since, EXCLUDED.held,
                                EXCLUDED.step_began_at, EXCLUDED.readings, EXCLUDED.events, EXCLUDED.at)""")
                .params(progress.phase().name(), progress.step(), progress.steps(), known.fit(progress.title()))
                .params(progress.visited(), progress.total(), progress.changed(), progress.rowsPerSecond())
                .param(progress.workers())
                .param(progress.remaining().map(left -> seconds(left.low())).orElse(null))
                .param(progress.remaining().map(left -> seconds(left.high())).orElse(null))
                .param(progress.waiting().map(known::fit).orElse(null))
                .param(progress.source().orElse(null))
                .param(told.waitingSince().map(ProgressStore::time).orElse(null))
                .params(seconds(progress.held()), time(progress.since()))
                .param(known.fit(JSON.writeValueAsString(readings)))
                .param(known.fit(JSON.writeValueAsString(told.events())))
                .params(change.value(), lease)
                .update();
    }

    /** The same for each database; asked once, for progress is told often. */
    private ServerEncoding encoding() {
        ServerEncoding known = encoding;
        if (known == null) {
            known = ServerEncoding.of(jdbc);
            encoding = known;
        }
        return known;
    }

    Optional<Published> find(ChangeName change) {
        return jdbc.sql("""
                SELECT *, extract(epoch FROM remaining_low)::double precision AS low,
                       extract(epoch FROM remaining_high)::double precision AS high,
                       extract(epoch FROM held) AS held_seconds
                  FROM neap.progress WHERE change = ?""")
                .param(change.value())
                .query((row, i) -> published(row))
                .optional();
    }

    private static Published published(ResultSet row) throws SQLException {
        Optional<Double> low = Optional.ofNullable(row.getObject("low", Double.class));
        Optional<Double> high = Optional.ofNullable(row.getObject("high", Double.class));
        return new Published(
                new Progress(
                        Phase.valueOf(row.getString("phase")),
                        row.getInt("step"),
                        row.getInt("steps"),
                        row.getString("title"),
                        row.getLong("visited"),
                        row.getLong("total"),
                        row.getLong("changed"),
                        row.getDouble("rows_per_second"),
                        low.flatMap(from -> high.map(to -> new Remaining(length(from), length(to)))),
                        Optional.empty(),
                        Optional.ofNullable(row.getString("waiting")),
                        Optional.ofNullable(row.getString("waiting_for")),
                        length(row.getDouble("held_seconds")),
                        instant(row, "step_began_at").orElse(Instant.EPOCH),
                        row.getInt("workers")),
                instant(row, "waiting_since"),
                JSON.readValue(row.getString("readings"), new TypeReference<List<Published.SignalReading>>() {}),
                JSON.readValue(row.getString("events"), new TypeReference<List<Published.Event>>() {}),
                instant(row, "at").orElse(Instant.EPOCH));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Duration length(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
