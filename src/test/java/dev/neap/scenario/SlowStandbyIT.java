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
import java.util.function.Predicate;
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
    private static final double SEEN = 13;

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
                + " FROM generate_series(1, 150000) i").update();
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
            Await.until("enough is seen", () -> {
                samples.add(sample((System.nanoTime() - began) / 1e9));
                return work.isDone() || samples.getLast().time() > firstRows(samples) + SEEN;
            });
            brake.close();

            assertThat(work.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
        }
        List<Sample> settled = settled(samples);
        assertThat(settled.getLast().time() - settled.getFirst().time()).as("seconds observed").isGreaterThan(3);
        // By how much is the benchmark's to say, on a machine that does nothing else.
        assertThat(share(settled, sample -> sample.lag() <= LIMIT)).as("within the limit").isGreaterThan(0.9);
        assertThat(share(settled, sample -> sample.backlog() > 0)).as("the standby has work").isGreaterThan(0.75);
        assertThat(stretches(settled)).as("bytes a second, in each two seconds").allMatch(bytes -> bytes > 50_000);
    }

    /** From three seconds after the first rows were written until just before the end. */
    private static List<Sample> settled(List<Sample> samples) {
        double first = firstRows(samples);
        return samples.stream()
                .filter(sample -> sample.time() > first + 3 && sample.time() < samples.getLast().time() - 0.5)
                .toList();
    }

    private static double firstRows(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.written() > samples.getFirst().written() + 2_000_000)
                .mapToDouble(Sample::time)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** What was written in stretches of two seconds, per second. */
    private static List<Double> stretches(List<Sample> samples) {
        List<Double> rates = new ArrayList<>();
        Sample begin = samples.getFirst();
        for (Sample sample : samples) {
            double elapsed = sample.time() - begin.time();
            if (elapsed >= 2) {
                rates.add((sample.written() - begin.written()) / elapsed);
                begin = sample;
            }
        }
        return rates;
    }

    private static double share(List<Sample> samples, Predicate<Sample> condition) {
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
