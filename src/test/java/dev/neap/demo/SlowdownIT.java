package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.run.Progress;
import dev.neap.run.Watcher;
import dev.neap.step.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A standby that becomes slow beside a run which yields in the simplest way: it waits while the standby is behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowdownIT {

    private static final int CHUNK = 500;
    private static final long MANY = 1_000_000;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private DemoServers servers;
    private JdbcClient primary;

    @BeforeAll
    void start() {
        servers = DemoServers.start(0);
        primary = JdbcClient.create(servers.primary().dataSource("test"));
        primary.sql("CREATE TABLE written AS SELECT i AS id, repeat('x', 200) AS filler, 0 AS n"
                + " FROM generate_series(1, 500) i").update();
        servers.awaitStandby();
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @BeforeEach
    void forget() {
        events.clear();
    }

    @Test
    void tellsHowTheRunYieldsAndRecoversAndLeavesTheStandbyAsItWas() {
        try (Lag lag = Lag.watch(servers.primary(), Duration.ofSeconds(2));
                Slowdown slowdown = Slowdown.prepare(servers.standby(), Duration.ofSeconds(3), lag)) {
            work(slowdown, lag, () -> events.stream().anyMatch(event -> event.startsWith("Neap is back")));

            assertThat(lag.seen(Traffic.Stage.SLOWED).times().max()).isPositive();
            assertThat(lag.seen(Traffic.Stage.SLOWED).steered()).isTrue();
        }
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).startsWith("The standby is slowed down on purpose: it may replay ");
        assertThat(events.get(1)).startsWith("Neap yields: ").contains(" rows/s instead of ", "(limit 2.0 s)");
        assertThat(events.get(2)).startsWith("The standby is fast again; it was at most ");
        assertThat(events.get(3)).matches("Neap is back at [\\d,]+ rows/s, after \\d+\\.\\d s");
        assertThat(replay()).isEqualTo("not paused");
    }

    @Test
    void letsTheStandbyGoAtOnceWhenItIsClosedInTheMidst() {
        try (Lag lag = Lag.watch(servers.primary(), Duration.ofSeconds(2));
                Slowdown slowdown = Slowdown.prepare(servers.standby(), Duration.ofHours(1), lag)) {
            work(slowdown, lag, () -> lag.seen(Traffic.Stage.SLOWED).times().count() > 5);
        }
        assertThat(replay()).isEqualTo("not paused");
        servers.awaitStandby();
    }

    /** Writes until {@code enough}; the run is half-way after three seconds at the latest. */
    private void work(Slowdown slowdown, Lag lag, BooleanSupplier enough) {
        Watcher watcher = slowdown.before(new Watcher() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void event(String line) {
                events.add(line);
            }
        });
        long begin = System.nanoTime();
        long visited = 0;
        while (!enough.getAsBoolean()) {
            double elapsed = (System.nanoTime() - begin) / 1e9;
            assertThat(elapsed).as("seconds; told so far: %s", events).isLessThan(60);
            primary.sql("UPDATE written SET n = n + 1").update();
            visited += CHUNK;
            watcher.progress(progress(visited, elapsed > 3 ? 2 * visited : MANY));
            Waiting.pause(lag.now().toMillis() > 300 ? Duration.ofMillis(100) : Duration.ofMillis(5));
        }
    }

    private static Progress progress(long visited, long total) {
        return new Progress(
                Phase.BACKFILL, 1, 1, "(test)", visited, total, visited, 0, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Duration.ZERO, Instant.EPOCH, 1);
    }

    private String replay() {
        return JdbcClient.create(servers.standby().dataSource("test"))
                .sql("SELECT pg_get_wal_replay_pause_state()")
                .query(String.class)
                .single();
    }
}
