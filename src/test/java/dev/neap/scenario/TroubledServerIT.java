package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.control.Answer;
import dev.neap.control.RemoteControl;
import dev.neap.control.SignalLimit;
import dev.neap.hook.WebhookServer;
import dev.neap.pace.HeldTooLong;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OwnServer;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Runs on a server that has trouble of its own: each holds with the right reason, and goes on by itself once it is cured. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubledServerIT {

    private static final int ROWS = 9_000;
    private static final ChangeName NAME = new ChangeName("count-once");

    @TempDir
    private Path directory = Path.of("");

    private OwnServer server;
    private TestDatabase admin;
    private TestDatabase db;
    private Brake brake;

    /** How much later it is than it is. */
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

    @BeforeAll
    void start(@TempDir Path data) {
        server = OwnServer.in(data, TestServer.NEWEST, Map.of(
                "archive_mode", "on",
                "max_wal_size", "32MB",
                "min_wal_size", "32MB",
                "checkpoint_completion_target", "0",
                "autovacuum_naptime", "1s"));
        admin = TestDatabase.on(server);
        archiving("true");
    }

    @AfterAll
    void stop() {
        admin.close();
        server.close();
    }

    @BeforeEach
    void prepare() {
        later.set(Duration.ZERO);
        db = TestDatabase.on(server)
                .execute(
                        "CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL) WITH (autovacuum_enabled = false)",
                        "INSERT INTO counters SELECT i, 0 FROM generate_series(1, %d) i".formatted(ROWS),
                        "ANALYZE counters");
        brake = Brake.on(db, Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void failsAfterMaxHoldIfItIsSetToAndARestartGoesOnOnceArchivingWorksAgain() throws Exception {
        String change = change("""
                archive_failing: {every: 100ms}
                    archive_backlog: {limit: 2, every: 100ms}""");
        Path told = directory.resolve("told");
        try (WebhookServer webhook = new WebhookServer();
                InProcess neap = neap(
                        "neap.pace.max-hold", "1s", "neap.pace.on-max-hold", "fail",
                        "neap.hooks.call[0].command[0]", "tee", "neap.hooks.call[0].command[1]", "-a",
                        "neap.hooks.call[0].command[2]", told.toString(),
                        // One that hangs for longer than anybody waits here: the run must not notice.
                        "neap.hooks.timeout", "5m",
                        "neap.hooks.call[1].command[0]", "sleep", "neap.hooks.call[1].command[1]", "300",
                        "neap.hooks.call[2].events[0]", "held", "neap.hooks.call[2].url", webhook.url() + "/hook")) {
            CompletableFuture<Outcome> run = begin(neap, change);
            awaitChunks(2);
            archiving("false");
            switchSegment();

            RunFailed failed = failure(run);
            assertThat(failed.state()).contains(RunState.FAILED);
            assertThat(failed).hasCauseInstanceOf(HeldTooLong.class);
            assertThat(failed.getMessage()).matches(
                    "Signal archive_(failing|backlog) has held the run for [0-9] s: .* That is longer than pace.max_hold allows,"
                            + " and pace.on_max_hold is fail. Cure it, or allow more, and run the change again: it goes on where"
                            + " it is.");
            assertThat(neap.waits())
                    .anyMatch(why -> why.matches("archiving WAL segment [0-9A-F]{24} fails \\([0-9]+ failures?\\)"));
            Await.until("the webhook is told", () -> !webhook.bodies("/hook").isEmpty());
            isTheBodyOfAHoldThatIsTooLong(webhook.bodies("/hook").getLast());
        }
        assertThat(Files.readString(told)).contains("\"event\":\"held\"", "\"overdue\":true", "\"event\":\"failed\"");
        assertThat(changed()).isPositive().isLessThan(ROWS);
        assertThat(openTransactions()).isZero();

        for (int i = 0; i < 4; i++) {
            switchSegment();
        }
        try (InProcess neap = neap(
                "neap.pace.max-hold", "1s", "neap.metrics.port", "0", "neap.metrics.linger", "0s")) {
            long before = changed();
            CompletableFuture<Outcome> run = Background.begin(() -> neap.runs().restart(NAME, neap.watcher()));
            awaitWait(neap, run, "[0-9]+ WAL segments wait to be archived \\(limit 2\\)");
            Await.until("no worker has a connection", () -> Scrape.of(neap.metrics())
                    .value("hikaricp_connections_active", Map.of()) == 0);
            assertThat(locks()).as("locks on the table while it holds").isZero();
            assertThat(openTransactions()).as("transactions while it holds").isZero();
            assertThat(changed()).isEqualTo(before);
            Await.until("it says that this lasts long", () -> neap.events()
                    .stream()
                    .anyMatch(line -> line.startsWith("held for more than 1 s: ")));
            assertThat(run).isNotDone();

            archiving("true");
            completes(neap, run);
        } finally {
            archiving("true");
        }
        everyRowCountsOnce();
    }

    private static void isTheBodyOfAHoldThatIsTooLong(JsonNode body) {
        assertThat(body.path("event").asString()).isEqualTo("held");
        assertThat(body.path("change").asString()).isEqualTo(NAME.value());
        assertThat(body.path("table").asString()).isEqualTo("public.counters");
        assertThat(body.path("state").asString()).isEqualTo("RUNNING");
        assertThat(body.path("reason").asString()).matches(".*(archiving WAL segment|WAL segments wait).*");
        assertThat(body.path("hold").path("source").asString()).isIn("archive_failing", "archive_backlog");
        assertThat(body.path("hold").path("seconds").asDouble()).isPositive();
        assertThat(body.path("hold").path("overdue").asBoolean()).isTrue();
        assertThat(body.path("text").asString()).contains(NAME.value(), "held", body.path("reason").asString());
    }

    @Test
    void holdsWhileAVacuumGoesOverTheTable() throws Exception {
        try (InProcess neap = neap()) {
            CompletableFuture<Outcome> run = begin(neap, change("table_vacuum: {enabled: true, every: 100ms}"));
            awaitChunks(1);
            CompletableFuture<Boolean> vacuum = Background.begin(() -> {
                try (Connection other = db.connect(); Statement statement = other.createStatement()) {
                    statement.execute("SET vacuum_cost_limit = 1");
                    statement.execute("SET vacuum_cost_delay = 3");
                    return statement.execute("VACUUM counters");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitWait(neap, run, "a vacuum is at work \\([a-z ]+\\) on public\\.counters");
            assertThat(changed()).isLessThan(ROWS);
            assertThat(openTransactions()).as("transactions while it holds").isZero();
            assertThat(vacuum.get(60, TimeUnit.SECONDS)).isFalse();
            completes(neap, run);
        }
        everyRowCountsOnce();
    }

    @Test
    void holdsWhileAutovacuumPreventsWraparoundAndWhileOthersHaveStillToBeFrozen() throws Exception {
        db.execute(
                """
                        ALTER TABLE counters SET (autovacuum_freeze_max_age = 100000,
                          autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_cost_delay = 5)""",
                "DO $$ BEGIN FOR i IN 1..110000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
        try (InProcess neap = neap()) {
            CompletableFuture<Outcome> run = begin(neap, change("""
                    table_vacuum: {enabled: true, every: 100ms}
                        wraparound: {limit: 100000, every: 100ms}"""));
            awaitWait(
                    neap, run, "autovacuum \\(to prevent wraparound\\) is at work \\([a-z ]+\\) on public\\.counters");
            awaitWait(neap, run, "database [\\w]+ was frozen 1[0-9]{2},[0-9]{3} transactions ago \\(limit 100,000\\)");
            assertThat(changed()).isZero();
            freezeAll();
            completes(neap, run);
        }
        everyRowCountsOnce();
    }

    private void freezeAll() {
        admin.execute("ALTER DATABASE template0 ALLOW_CONNECTIONS true");
        for (String database : admin.list(String.class, "SELECT datname FROM pg_database")) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(admin.url());
            source.setDatabaseName(database);
            JdbcClient.create(source).sql("VACUUM (FREEZE)").update();
        }
    }

    @Test
    void holdsWhileCheckpointsComeEarlyAndForgetsThemAfterTenMinutes() throws Exception {
        try (InProcess neap = neap()) {
            CompletableFuture<Outcome> run = begin(neap, change("""
                    forced_checkpoints: {limit: 2, every: 100ms}
                        slots: {enabled: false}
                        archive_failing: {enabled: false}
                        wraparound: {enabled: false}"""));
            awaitChunks(1);
            long before = checkpoints();
            Await.until("the log has grown by too much", () -> {
                switchSegment();
                return checkpoints() > before + 3;
            });
            awaitWait(neap, run, "[0-9]+ checkpoints came early within 10 min \\(limit 2\\)");
            assertThat(run).isNotDone();
            letGoOnForAWhile(neap, run);
            later.set(Duration.ofMinutes(11));
            completes(neap, run);
        }
        everyRowCountsOnce();
    }

    /** By a limit that is tuned. */
    private void letGoOnForAWhile(InProcess neap, CompletableFuture<Outcome> run) {
        long before = changed();
        tuneLimit("1000");
        Await.until("it goes on", () -> changed() > before, run);
        int waits = neap.waits().size();
        tuneLimit("2");
        Await.until(
                "it holds again",
                () -> neap.waits()
                        .stream()
                        .skip(waits)
                        .anyMatch(why -> why.contains("checkpoints came early within 10 min (limit 2)")),
                run);
    }

    private void tuneLimit(String limit) {
        Answer tuned = new RemoteControl(db.dataSource()).tune(
                NAME, Map.of(SignalLimit.of("forced_checkpoints").orElseThrow(), limit), Optional.empty(),
                Duration.ofSeconds(30));
        assertThat(tuned.reached()).as(tuned.message()).isTrue();
    }

    /** @param signal as in the change file */
    private static String change(String signal) {
        return """
                change: count-once
                table: public.counters
                operations:
                  - backfill: {set: {n: next(n)}}
                backfill: {chunk_duration: 10ms, pause: 200ms, workers: 3}
                pace:
                  signals:
                    %s
                """.formatted(signal);
    }

    private InProcess neap(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("neap.pace.sample-every", "100ms"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return InProcess.on(db, all, () -> Instant.now().plus(later.get()));
    }

    private static CompletableFuture<Outcome> begin(InProcess neap, String change) {
        return Background.begin(() -> neap.runs().run(InProcess.change(change), neap.watcher()));
    }

    private void completes(InProcess neap, CompletableFuture<Outcome> run) throws Exception {
        brake.release();
        try {
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
        } catch (TimeoutException e) {
            throw new AssertionError("It never ended; last it waited for " + neap.waits().getLast(), e);
        }
    }

    private static RunFailed failure(CompletableFuture<Outcome> run) throws Exception {
        try {
            throw new AssertionError("It ended well: " + run.get(60, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(RunFailed.class);
            return (RunFailed) e.getCause();
        }
    }

    private static void awaitWait(InProcess neap, CompletableFuture<Outcome> run, String reason) {
        Await.until(reason, () -> neap.waits().stream().anyMatch(why -> why.matches(reason)), run);
    }

    private void awaitChunks(int count) {
        Await.until("rows are changed", () -> db.one(Boolean.class, "SELECT to_regclass('neap.checkpoint') IS NOT NULL")
                && db.one(Long.class, "SELECT coalesce(sum(seq), 0) FROM neap.checkpoint") >= count);
    }

    private void archiving(String command) {
        admin.execute("ALTER SYSTEM SET archive_command = '" + command + "'", "SELECT pg_reload_conf()");
        switchSegment();
    }

    /** Which also wakes who archives. */
    private void switchSegment() {
        admin.execute("SELECT pg_logical_emit_message(false, 'test', 'x')", "SELECT pg_switch_wal()");
    }

    private long checkpoints() {
        return db.one(Long.class, "SELECT num_requested FROM pg_stat_checkpointer");
    }

    private long changed() {
        return db.one(Long.class, "SELECT count(*) FROM counters WHERE n <> 0");
    }

    private long locks() {
        return db.one(Long.class,
                "SELECT count(*) FROM pg_locks WHERE relation = 'counters'::regclass AND pid <> pg_backend_pid()");
    }

    /** Besides the heartbeat and the signals, which read and write something for a moment. */
    private long openTransactions() {
        return db.one(
                Long.class,
                """
                        SELECT count(*) FROM pg_stat_activity
                         WHERE application_name = 'neap' AND datname = current_database()
                           AND xact_start < clock_timestamp() - interval '300 ms'""");
    }

    private void everyRowCountsOnce() {
        assertThat(db.rows("SELECT n, count(*) FROM counters WHERE n <> 1 GROUP BY n")).isEmpty();
    }
}
