package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.demo.StandbyOf;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OwnServer;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever befalls a real standby, the run holds with the right reason, and goes on by itself once it is cured. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandbyTroublesIT {

    private static final int ROWS = 20_000;
    private static final int WORKERS = 2;

    private OwnServer primary;
    private OwnServer standby;
    private TestDatabase db;
    private Brake brake;

    /** What befalls it, or what cures it. */
    @FunctionalInterface
    private interface Deed {
        void done() throws Exception;
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        primary = OwnServer.in(directory, TestServer.NEWEST, Map.of(
                "wal_keep_size", "256MB", "wal_level", "logical", "track_commit_timestamp", "on"));
        standby = StandbyOf.start(primary, directory.resolve("standby"), "s1");
    }

    @AfterAll
    void stop() {
        standby.close();
        primary.close();
    }

    @BeforeEach
    void prepare() {
        JdbcClient admin = client(primary);
        Await.until("the standby is back", () -> admin.sql(
                "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'").query(Long.class).single() == 1);
        db = TestDatabase.on(primary)
                .execute(
                        "CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL, filler text)",
                        "INSERT INTO counters SELECT i, 0, repeat('x', 200) FROM generate_series(1, %d) i"
                                .formatted(ROWS),
                        "ANALYZE counters");
        brake = Brake.on(db, Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aReceiverThatHangs() throws Exception {
        String receiver = onStandby("SELECT pid::text FROM pg_stat_wal_receiver");
        holds(
                "max_replication_lag: 500ms",
                () -> signal("-STOP", receiver),
                "standby s1 is [0-9.]+ s behind(, silent for [0-9]+ s)? \\(limit 0\\.5 s\\)",
                () -> signal("-CONT", receiver));
    }

    @Test
    void aRequiredStandbyThatDies() throws Exception {
        holds(
                "required_standbys: [s1]",
                standby::stopImmediate,
                "required standby s1 is not connected",
                standby::start);
    }

    @Test
    void aReplicaWhoseUrlIsDead() throws Exception {
        holds(
                "replicas: {berlin: {url: \"postgresql://postgres@127.0.0.1:%d/postgres\", every: 100ms}}"
                        .formatted(standby.port()),
                standby::stopImmediate,
                "replica berlin can't be read: .*(refused|terminat|starting up|shutting down|I/O).*",
                standby::start);
    }

    @Test
    void aSlotThatIsLeft() throws Exception {
        holds(
                "signals: {slots: {limit: 1MB, every: 100ms, only: [left]}}",
                () -> db.one(String.class,
                        "SELECT slot_name::text FROM pg_create_logical_replication_slot('left', 'pgoutput')"),
                "slot left \\(logical, inactive\\) retains [0-9.]+ MB of WAL \\(limit 1 MB\\)",
                () -> db.execute("SELECT pg_drop_replication_slot('left')"));
    }

    @Test
    void aRightThatIsWithdrawn() throws Exception {
        String role = db.newRole();
        db.execute(
                "GRANT pg_monitor TO " + role,
                "GRANT CREATE ON DATABASE " + db.name() + " TO " + role,
                "GRANT CREATE ON SCHEMA public TO " + role,
                "ALTER TABLE counters OWNER TO " + role);
        holds(
                role,
                "max_replication_lag: 10s",
                () -> db.execute("REVOKE pg_monitor FROM " + role),
                "replication lag can't be read: the position of standby s1 is hidden from this role \\(grant it"
                        + " pg_monitor\\)",
                () -> db.execute("GRANT pg_monitor TO " + role));
    }

    private void holds(String pace, Deed trouble, String reason, Deed cure) throws Exception {
        holds(db.user(), pace, trouble, reason, cure);
    }

    private void holds(String role, String pace, Deed trouble, String reason, Deed cure) throws Exception {
        String change = """
                change: count-once
                table: public.counters
                operations:
                  - backfill: {set: {n: next(n)}}
                backfill: {chunk_duration: 10ms, pause: 150ms, workers: %d}
                pace:
                  %s
                """.formatted(WORKERS, pace);
        try (InProcess neap = InProcess.on(db.uri(), role, Map.of("neap.pace.sample-every", "100ms"))) {
            CompletableFuture<Outcome> run = Background.begin(
                    () -> neap.runs().run(InProcess.change(change), neap.watcher()));
            Await.until("rows are changed", () -> changed() > 0, run);
            trouble.done();
            try {
                Await.until(
                        "it holds: " + reason,
                        () -> neap.waits().stream().anyMatch(why -> why.matches(reason)),
                        run);
                String told = db.one(String.class, "SELECT clock_timestamp()::text");
                // Whoever had begun a chunk before that has ended it by now.
                int waits = neap.waits().size();
                Await.until("it holds on", () -> neap.waits().size() > waits + 3, run);
                long before = changed();
                Await.until("it still holds", () -> neap.waits().size() > waits + 10, run);
                assertThat(changed()).as("rows changed while it holds").isEqualTo(before).isLessThan(ROWS);
                assertThat(chunksSince(told)).as("chunks that end after the hold is told, of the other worker")
                        .isLessThan(WORKERS);
                assertThat(run).isNotDone();
            } finally {
                cure.done();
                brake.release();
            }
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
        }
        assertThat(db.rows("SELECT n, count(*) FROM counters WHERE n <> 1 GROUP BY n")).isEmpty();
    }

    private long chunksSince(String time) {
        return db.one(Long.class, """
                SELECT count(DISTINCT xmin::text) FROM counters
                 WHERE n <> 0 AND pg_xact_commit_timestamp(xmin) > '%s'""".formatted(time));
    }

    private long changed() {
        return db.one(Long.class, "SELECT count(*) FROM counters WHERE n <> 0");
    }

    private String onStandby(String sql) {
        return client(standby).sql(sql).query(String.class).single();
    }

    private static JdbcClient client(OwnServer server) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{"127.0.0.1"});
        source.setPortNumbers(new int[]{server.port()});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        return JdbcClient.create(source);
    }

    private static void signal(String signal, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
    }
}
