package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.change.ChangeName;
import dev.neap.control.Answer;
import dev.neap.control.PaceValue;
import dev.neap.control.RemoteControl;
import dev.neap.control.Request;
import dev.neap.control.SignalLimit;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.ControlState;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process asks of a run that another one works on, waits with, or has died over. */
class ControlIT {

    private static final int ROWS = 80_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ChangeName COUNT = new ChangeName("count-once");
    private static final String CHANGE = """
            change: count-once
            table: public.counters
            operations:
              - backfill: {set: {n: n + 1}}
            backfill: {chunk_duration: 10ms, pause: 100ms}
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void pausesResumesTunesAndStopsARunAtWork() throws Exception {
        try (TestDatabase db = counters(); InProcess neap = InProcess.on(db); InProcess next = InProcess.on(db)) {
            RemoteControl remote = new RemoteControl(db.dataSource());
            CompletableFuture<Outcome> run = Background
                    .begin(() -> neap.runs().run(InProcess.change(CHANGE), neap.watcher()));
            Await.until("it is in the middle", () -> chunks(db) >= 3);

            pausesAndResumes(db, remote);
            tunesForAWhile(remote);

            Answer stopped = remote.ask(Request.STOP, COUNT, PATIENCE);
            assertThat(stopped.reached()).as(stopped.message()).isTrue();
            assertThat(run.get(5, TimeUnit.SECONDS).state()).isEqualTo(RunState.STOPPED);
            assertThat(remote.log().asked(COUNT).state()).isEqualTo(ControlState.FREE);
            assertThat(neap.events())
                    .anyMatch(line -> line.startsWith("pausing after the work at hand: asked by "))
                    .anyMatch(line -> line.startsWith("workers is 3 now, until "))
                    .contains("workers is as set again: 3 has run out");

            // Tuned values that last go on with the run.
            assertThat(remote.tune(COUNT, Map.of(PaceValue.PAUSE, "0ms"), Optional.empty(), PATIENCE).message())
                    .startsWith("Noted. No process works on change count-once");
            Outcome end = next.runs().restart(COUNT, next.watcher());
            assertThat(end.state()).isEqualTo(RunState.COMPLETED);
            assertThat(remote.log().progress(COUNT).orElseThrow().progress().title()).isNotEmpty();
            assertThatExceptionOfType(RunFailed.class)
                    .isThrownBy(() -> remote.ask(Request.PAUSE, COUNT, PATIENCE))
                    .withMessageStartingWith("Change count-once is COMPLETED: no process works on it.");
            everyRowCountsOnce(db);
            assertThat(db.list(String.class,
                    "SELECT coalesce(from_text, '-') || ' ' || coalesce(to_text, '-') FROM neap.audit ORDER BY id"))
                    .containsExactly(
                            "FREE PAUSING", "PAUSING PAUSED", "PAUSED RESUMING", "RESUMING FREE", "- 3", "3 -",
                            "FREE STOPPING", "STOPPING FREE", "- 0ms");
        }
    }

    @Test
    void tunesTheLimitOfOnesOwnSignalForAWhileAndForGood() throws Exception {
        try (TestDatabase db = counters().execute("CREATE TABLE jobs AS SELECT i FROM generate_series(1, 5) i");
                InProcess neap = InProcess.on(db)) {
            RemoteControl remote = new RemoteControl(db.dataSource());
            CompletableFuture<Outcome> run = Background.begin(() -> neap.runs().run(InProcess.change(CHANGE + """
                    pace:
                      sql:
                        queue: {query: "SELECT count(*) FROM jobs", limit: 3, every: 100ms}
                    """), neap.watcher()));
            awaitWait(neap, 0, "queue is 5 (limit 3)");
            Await.until("it tells what it watches", () -> remote.log()
                    .progress(COUNT)
                    .filter(told -> !told.readings().isEmpty())
                    .isPresent());
            assertThat(chunks(db)).isZero();
            assertThatExceptionOfType(RunFailed.class)
                    .isThrownBy(() -> tune(remote, "sql.other", "10", Optional.empty()))
                    .withMessageStartingWith("Change count-once watches no signal sql.other. It watches ")
                    .withMessageContaining("sql.queue");

            tune(remote, "sql.queue", "10", Optional.of(Duration.ofMillis(500)));
            Await.until("it goes on", () -> chunks(db) > 0);
            int waits = neap.waits().size();
            awaitWait(neap, waits, "queue is 5 (limit 3)");
            long before = chunks(db);
            tune(remote, "sql.queue", "4.5", Optional.empty());
            awaitWait(neap, waits, "queue is 5 (limit 4.50)");
            tune(remote, "sql.queue", "20", Optional.empty());
            Await.until("it goes on", () -> chunks(db) > before);

            assertThat(remote.ask(Request.STOP, COUNT, PATIENCE).reached()).isTrue();
            assertThat(run.get(5, TimeUnit.SECONDS).state()).isEqualTo(RunState.STOPPED);
            assertThat(db.list(String.class, """
                    SELECT what || ' ' || coalesce(from_text, '-') || ' ' || coalesce(to_text, '-') || ' ' || reason
                      FROM neap.audit WHERE what LIKE 'sql%' ORDER BY id"""))
                    .containsExactly(
                            "sql.queue_limit - 10 tuned for 500ms", "sql.queue_limit 10 - ran out",
                            "sql.queue_limit - 4.5 tuned", "sql.queue_limit 4.5 20 tuned");
        }
    }

    private static void tune(RemoteControl remote, String signal, String limit, Optional<Duration> lasting) {
        Answer answer = remote.tune(COUNT, Map.of(SignalLimit.of(signal).orElseThrow(), limit), lasting, PATIENCE);
        assertThat(answer.reached()).as(answer.message()).isTrue();
    }

    private static void awaitWait(InProcess neap, int after, String reason) {
        Await.until(reason, () -> neap.waits().stream().skip(after).anyMatch(reason::equals));
    }

    private static void pausesAndResumes(TestDatabase db, RemoteControl remote) {
        long began = System.nanoTime();
        Answer paused = remote.ask(Request.PAUSE, COUNT, PATIENCE);
        assertThat(paused.reached()).as(paused.message()).isTrue();
        assertThat(paused.control()).isEqualTo(ControlState.PAUSED);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        long before = chunks(db);
        assertThat(db.list(String.class,
                """
                        SELECT state FROM pg_stat_activity
                         WHERE application_name = 'neap' AND datname = current_database() AND xact_start < now() - '50 ms'::interval"""))
                .isEmpty();
        Await.until("it tells why", () -> remote.log()
                .progress(COUNT)
                .flatMap(told -> told.progress().waiting())
                .filter(why -> why.startsWith("paused by "))
                .isPresent());
        assertThat(remote.ask(Request.PAUSE, COUNT, PATIENCE).message())
                .isEqualTo("Change count-once is paused already. Go on with: neap resume count-once");
        assertThat(chunks(db)).isEqualTo(before);

        assertThat(remote.ask(Request.RESUME, COUNT, PATIENCE).reached()).isTrue();
        Await.until("it goes on", () -> chunks(db) > before + 1);
    }

    private static void tunesForAWhile(RemoteControl remote) {
        Answer tuned = remote.tune(
                COUNT, Map.of(PaceValue.WORKERS, "3"), Optional.of(Duration.ofMillis(2500)), PATIENCE);
        assertThat(tuned.reached()).isTrue();
        assertThat(tuned.tuned()).singleElement().satisfies(setting -> {
            assertThat(setting.value()).isEqualTo("3");
            assertThat(setting.until()).isPresent();
        });
        Await.until("three work", () -> workers(remote) == 3);
        Await.until("it has run out", () -> remote.log().asked(COUNT).settings().isEmpty());
        Await.until("one works", () -> workers(remote) == 1);
    }

    @Test
    void reachesARunThatWaitsForALock() throws Exception {
        try (TestDatabase db = counters();
                InProcess neap = InProcess.on(db);
                OtherSession holder = OtherSession.open(db, "holder", "LOCK TABLE counters IN ROW EXCLUSIVE MODE")) {
            RemoteControl remote = new RemoteControl(db.dataSource());
            CompletableFuture<Outcome> run = Background.begin(() -> neap.runs()
                    .run(
                            InProcess.change("""
                                    change: count-once
                                    table: public.counters
                                    operations:
                                      - add_column: {name: m, type: integer, default: "1"}
                                    """),
                            neap.watcher()));
            Await.until("it waits", () -> !neap.waits().isEmpty());
            long began = System.nanoTime();
            assertThat(remote.ask(Request.PAUSE, COUNT, PATIENCE).reached()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
            holder.commit();
            Await.until("it tells why", () -> remote.log()
                    .progress(COUNT)
                    .flatMap(told -> told.progress().waiting())
                    .filter(why -> why.startsWith("paused by "))
                    .isPresent());
            assertThat(remote.ask(Request.STOP, COUNT, PATIENCE).reached()).isTrue();
            assertThat(run.get(5, TimeUnit.SECONDS).state()).isEqualTo(RunState.STOPPED);
            assertThat(db.rows("SELECT 1 FROM pg_attribute WHERE attrelid = 'counters'::regclass AND attname = 'm'"))
                    .isEmpty();
            assertThat(remote.ask(Request.STOP, COUNT, PATIENCE).message())
                    .isEqualTo(
                            "Change count-once is STOPPED: no process works on it. Go on with: neap restart count-once");
        }
    }

    @Test
    void aDeadRunThatIsPausedStaysSoWhenSomeoneGoesOnWithIt() throws Exception {
        try (TestDatabase db = counters(); InProcess next = InProcess.on(db)) {
            RemoteControl remote = new RemoteControl(db.dataSource());
            Path file = directory.resolve("count-once.yaml");
            Files.writeString(file, CHANGE);
            try (NeapProcess neap = NeapProcess.start(
                    directory, "run", file.toString(), "--url", db.uri(), "--user", db.user())) {
                Await.until("it is in the middle", () -> chunks(db) >= 3);
                neap.kill();
            }
            assertThat(remote.ask(Request.RESUME, COUNT, PATIENCE)).satisfies(answer -> {
                assertThat(answer.reached()).isFalse();
                assertThat(answer.message()).isEqualTo(
                        "It is not paused. No process works on change count-once. Go on with: neap restart count-once");
            });
            assertThat(remote.ask(Request.PAUSE, COUNT, PATIENCE).message())
                    .contains("No process works on change count-once. The pause is noted")
                    .contains("neap restart count-once", "neap resume count-once");

            long before = chunks(db);
            CompletableFuture<Outcome> run = Background.begin(() -> next.runs().restart(COUNT, next.watcher()));
            Await.until("it waits", () -> next.waits().stream().anyMatch(why -> why.startsWith("paused by ")));
            assertThat(remote.log().asked(COUNT).state()).isEqualTo(ControlState.PAUSED);
            assertThat(chunks(db)).isEqualTo(before);

            assertThat(remote.tune(COUNT, Map.of(PaceValue.PAUSE, "0ms"), Optional.empty(), PATIENCE).reached())
                    .isTrue();
            assertThat(remote.ask(Request.RESUME, COUNT, PATIENCE).reached()).isTrue();
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
            everyRowCountsOnce(db);
        }
    }

    private static int workers(RemoteControl remote) {
        return remote.log().progress(COUNT).map(told -> told.progress().workers()).orElse(0);
    }

    private static long chunks(TestDatabase db) {
        return db.one(Boolean.class, "SELECT to_regclass('neap.checkpoint') IS NOT NULL")
                ? db.one(Long.class, "SELECT coalesce(sum(seq), 0) FROM neap.checkpoint")
                : 0;
    }

    private static TestDatabase counters() {
        return TestDatabase.on(TestServer.NEWEST)
                .execute(
                        "CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL)",
                        "INSERT INTO counters SELECT i, 0 FROM generate_series(1, %d) i".formatted(ROWS),
                        "ANALYZE counters");
    }

    private static void everyRowCountsOnce(TestDatabase db) {
        assertThat(db.rows("SELECT n, count(*) FROM counters WHERE n <> 1 GROUP BY n")).isEmpty();
    }
}
