package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.demo.DemoDatabase;
import dev.neap.demo.DemoServers;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run beside a real standby. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandbyIT {

    private static final Map<String, String> QUICK = Map.of("neap.pace.sample-every", "100ms");

    private DemoServers servers;
    private JdbcClient primary;
    private JdbcClient standby;

    @BeforeAll
    void start() {
        servers = DemoServers.start(0);
        primary = client(servers.primary());
        standby = client(servers.standby());
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @Test
    void holdsWhileTheRoleMayNotSeeHowFarItIsBehind() throws Exception {
        execute("CREATE ROLE worker LOGIN");
        execute("GRANT CREATE ON DATABASE postgres TO worker");
        execute("CREATE TABLE hidden AS SELECT i AS id, 0 AS n FROM generate_series(1, 5000) i");
        execute("ALTER TABLE hidden ADD PRIMARY KEY (id)");
        execute("ALTER TABLE hidden OWNER TO worker");
        try (InProcess neap = InProcess.on(url(), "worker", QUICK)) {
            CompletableFuture<Outcome> work = begin(neap, "hidden", "0ms");
            Await.until("it holds", () -> neap.waits().size() >= 3);
            assertThat(neap.waits())
                    .containsOnly("replication lag can't be read: the position of standby " + DemoServers.STANDBY
                            + " is hidden from this role (grant it pg_monitor)");
            assertThat(changed("hidden")).isZero();
            execute("GRANT pg_monitor TO worker");

            assertThat(work.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
            assertThat(changed("hidden")).isEqualTo(5_000);
        } finally {
            execute("DROP SCHEMA neap CASCADE");
        }
    }

    @Test
    void holdsWhileReplayStandsStillAndGoesOnWithIt() throws Exception {
        execute("CREATE TABLE paused AS SELECT i AS id, 0 AS n FROM generate_series(1, 15000) i");
        execute("ALTER TABLE paused ADD PRIMARY KEY (id)");
        servers.awaitStandby();
        standby.sql("SELECT pg_wal_replay_pause()").query().listOfRows();
        try (InProcess neap = InProcess.on(url(), "postgres", QUICK)) {
            CompletableFuture<Outcome> work = begin(neap, "paused", "300ms");
            Await.until("it holds", () -> neap.waits()
                    .stream()
                    .anyMatch(reason -> reason.matches("standby standby-1 is [0-9.]+ s behind \\(limit 0\\.5 s\\)")));
            long done = changed("paused");
            int waits = neap.waits().size();
            Await.until("it still holds", () -> neap.waits().size() >= waits + 5);
            assertThat(changed("paused")).isEqualTo(done).isLessThan(15_000);
            assertThat(work).isNotDone();
            assertThat(primary.sql(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'neap' AND xact_start IS NOT NULL")
                    .query(Long.class)
                    .single())
                    .as("transactions open while it holds")
                    .isZero();
            standby.sql("SELECT pg_wal_replay_resume()").query().listOfRows();

            assertThat(work.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
            assertThat(changed("paused")).isEqualTo(15_000);
        } finally {
            execute("DROP SCHEMA neap CASCADE");
        }
    }

    private static CompletableFuture<Outcome> begin(InProcess neap, String table, String pause) {
        String yaml = """
                change: count-%1$s
                table: public.%1$s
                operations: [{backfill: {set: {n: n + 1}}}]
                backfill: {chunk_duration: 10ms, pause: %2$s, strands: 1}
                pace: {max_replication_lag: 500ms}
                """.formatted(table, pause);
        return Background.begin(() -> neap.runs().run(InProcess.change(yaml), neap.watcher()));
    }

    private long changed(String table) {
        return primary.sql("SELECT count(*) FROM " + table + " WHERE n = 1").query(Long.class).single();
    }

    private String url() {
        return servers.primary().jdbcUrl().replaceFirst("^jdbc:", "");
    }

    private void execute(String sql) {
        primary.sql(sql).update();
    }

    private static JdbcClient client(DemoDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        return JdbcClient.create(source);
    }
}
