package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.demo.DemoDatabase;
import dev.neap.demo.DemoServers;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.Brake;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run beside a real standby that replays far less than the run could write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowStandbyIT {

    private static final double LIMIT = 2;
    private static final double SETTLED = 5;

    private DemoServers servers;
    private JdbcClient primary;

    /** What was so at one moment, in seconds and bytes. */
    private record Sample(double time, double lag, long backlog, long written) {}

    @BeforeAll
    void start() {
        servers = DemoServers.start(0);
        primary = client(servers.primary());
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @Test
    void keepsASlowStandbyBusyAndWithinItsLimitWithoutEverStandingStill() throws Exception {
        primary.sql("CREATE TABLE slow AS SELECT i AS id, 0 AS n, repeat('x', 100) AS filler"
                + " FROM generate_series(1, 200000) i").update();
        primary.sql("ALTER TABLE slow ADD PRIMARY KEY (id)").update();
        primary.sql("CREATE INDEX ON slow (n, filler)").update();
        servers.awaitStandby();
        long replaying = client(servers.standby())
                .sql("SELECT pid FROM pg_stat_activity WHERE backend_type = 'startup'")
                .query(Long.class)
                .single();

        List<Sample> samples = new ArrayList<>();
        try (Brake brake = Brake.on(replaying, Duration.ofMillis(5), Duration.ofMillis(95));
                InProcess neap = InProcess.on(
                        servers.primary().jdbcUrl().replaceFirst("^jdbc:", ""),
                        "postgres",
                        Map.of("neap.pace.sample-every", "200ms"))) {
            CompletableFuture<Outcome> work = begin(neap);
            long began = System.nanoTime();
            Await.until("the run ends", () -> {
                samples.add(sample((System.nanoTime() - began) / 1e9));
                return work.isDone();
            });

            assertThat(work.get(1, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
        }
        System.out.println("rows " + samples.size() + " end " + samples.getLast());
        for (int i = 0; i < samples.size(); i += 20)
            System.out.println(samples.get(i));
        List<Sample> settled = samples.stream()
                .filter(sample -> sample.time() > SETTLED && sample.time() < samples.getLast().time() - 1)
                .toList();
        assertThat(settled.getLast().time() - settled.getFirst().time()).as("seconds observed").isGreaterThan(5);
        assertThat(share(settled, sample -> sample.lag() <= LIMIT)).as("within the limit").isGreaterThan(0.97);
        assertThat(share(settled, sample -> sample.backlog() > 0)).as("busy").isGreaterThan(0.9);
    }

    private static double share(List<Sample> samples, java.util.function.Predicate<Sample> condition) {
        return samples.stream().filter(condition).count() / (double) samples.size();
    }

    private Sample sample(double time) {
        return primary.sql("""
                SELECT coalesce(extract(epoch FROM replay_lag), 0)::float8   AS lag,
                       pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint AS backlog,
                       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint      AS written
                  FROM pg_stat_replication
                """)
                .query((row, i) -> new Sample(time, row.getDouble("lag"), row.getLong("backlog"),
                        row.getLong("written")))
                .single();
    }

    private static CompletableFuture<Outcome> begin(InProcess neap) {
        String yaml = """
                change: slow
                table: public.slow
                operations: [{backfill: {set: {n: n + 1}}}]
                backfill: {chunk_duration: 100ms}
                pace: {max_replication_lag: 2s}
                """;
        return Background.begin(() -> neap.runs().run(InProcess.change(yaml), neap.watcher()));
    }

    private static JdbcClient client(DemoDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        return JdbcClient.create(source);
    }
}
