package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.control.Answer;
import dev.neap.control.RemoteControl;
import dev.neap.control.Request;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.Progress;
import dev.neap.run.RunState;
import dev.neap.run.Watcher;
import dev.neap.transform.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that a Java class changes, read a stretch at a time and written strand by strand. */
class WovenRowsIT {

    private static final int ROWS = 24_000;

    @TempDir
    private Path directory;

    @AfterEach
    void leaveRowsAlone() {
        Shouting.MEANWHILE.set(row -> {});
    }

    /** Each row tells how often it was written. */
    private static TestDatabase words(TestServer server, int rows) {
        return TestDatabase.on(server).execute("""
                CREATE TABLE words (id int PRIMARY KEY, said text, loud text, written int NOT NULL DEFAULT 0);
                INSERT INTO words SELECT n, 'word ' || n FROM generate_series(1, %d) n;
                CREATE FUNCTION count_writes() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN NEW.written := OLD.written + 1; RETURN NEW; END';
                CREATE TRIGGER count_writes BEFORE UPDATE ON words FOR EACH ROW EXECUTE FUNCTION count_writes();
                ANALYZE words;
                """.formatted(rows));
    }

    private static String shouting(String effort) {
        return """
                change: shout
                table: public.words
                operations:
                  - transform: {class: dev.neap.scenario.Shouting, reads: [id, said], writes: [loud]}
                backfill: {%s}
                """.formatted(effort);
    }

    private static long count(TestDatabase db, String condition) {
        return db.one(Long.class, "SELECT count(*) FROM words WHERE " + condition);
    }

    /** Remembers whether the run was seen in the middle of a stretch. */
    private static final class Onlooker implements Watcher {

        private final TestDatabase db;
        private boolean woven;

        Onlooker(TestDatabase db) {
            this.db = db;
        }

        @Override
        public void progress(Progress progress) {
            woven |= weaving(db);
        }

        @Override
        public void event(String line) {}
    }

    private static boolean weaving(TestDatabase db) {
        return db.one(Boolean.class, "SELECT to_regclass('neap.checkpoint') IS NOT NULL")
                && db.one(Boolean.class, "SELECT coalesce(bool_or(ends IS NOT NULL), false) FROM neap.checkpoint");
    }

    /** Each of these happens when the row has been read and not yet written. */
    @ParameterizedTest
    @CsvSource({"OLDEST, key", "NEWEST, block"})
    void areRightWhateverHappensBetweenReadingAndWriting(TestServer server, String order) {
        AtomicBoolean rewritten = new AtomicBoolean();
        try (TestDatabase db = words(server, ROWS).execute("DELETE FROM words WHERE id % 100 = 99");
                InProcess neap = InProcess.on(db)) {
            Onlooker onlooker = new Onlooker(db);
            once(row -> {
                int id = row.get("id", Integer.class);
                switch (id > ROWS ? 0 : id % 1_000) {
                    case 7 -> db.execute("UPDATE words SET said = 'changed ' || id WHERE id = " + id);
                    case 8 -> db.execute("DELETE FROM words WHERE id = " + id);
                    // Their new versions go elsewhere, and other rows come to lie at their addresses.
                    case 9 -> db.execute("UPDATE words SET id = id + 1000000, loud = upper(said) WHERE id = " + id);
                    default -> {
                    }
                }
                if (id % 100 == 50 && !rewritten.get() && isRewritten(db)) {
                    rewritten.set(true);
                }
            });
            assertThat(neap.runs()
                    .run(
                            InProcess.change(shouting("chunk_duration: 1s, strands: 6, order: " + order)), onlooker)
                    .state())
                    .isEqualTo(RunState.COMPLETED);

            assertThat(onlooker.woven).as("woven").isTrue();
            assertThat(rewritten).isTrue();
            assertThat(count(db, "loud IS DISTINCT FROM upper(said)")).isZero();
            assertThat(count(db, "said LIKE 'changed%'")).isEqualTo(ROWS / 1_000);
            assertThat(count(db, "id > 1000000")).isEqualTo(ROWS / 1_000);
            assertThat(count(db, "true")).isEqualTo(ROWS - ROWS / 100 - ROWS / 1_000);
        }
    }

    /** A chunk that waits for this very row may keep the table; then a later row has better luck. */
    private static boolean isRewritten(TestDatabase db) {
        try (Connection connection = db.connect(); Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '100ms'");
            statement.execute("VACUUM FULL words");
            return true;
        } catch (SQLException e) {
            if ("55P03".equals(e.getSQLState())) {
                return false;
            }
            throw new IllegalStateException(e);
        }
    }

    /** Tells each row once, however often it is transformed. */
    private static void once(Consumer<Row> what) {
        java.util.Set<Integer> told = java.util.concurrent.ConcurrentHashMap.newKeySet();
        Shouting.MEANWHILE.set(row -> {
            if (told.add(row.get("id", Integer.class))) {
                what.accept(row);
            }
        });
    }

    /** Whoever vacuums, or changes the same rows, does not pay for a class that takes its time. */
    @Test
    void keepNoTransactionOpenWhileTheyAreTransformed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch may = new CountDownLatch(1);
        try (TestDatabase db = words(TestServer.NEWEST, ROWS); InProcess neap = InProcess.on(db)) {
            Shouting.MEANWHILE.set(row -> {
                asked.countDown();
                awaitUninterruptibly(may);
            });
            CompletableFuture<Outcome> run = Background.begin(
                    () -> neap.runs().run(InProcess.change(shouting("strands: 6")), neap.watcher()));
            try {
                assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
                Await.until("no transaction is open", () -> open(db) == 0);
                assertThat(count(db, "loud IS NOT NULL")).isZero();
            } finally {
                may.countDown();
            }
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "loud IS DISTINCT FROM upper(said)")).isZero();
        }
    }

    @Test
    void areNotReadWhileTheRunIsPaused() throws Exception {
        ChangeName name = new ChangeName("shout");
        AtomicLong transformed = new AtomicLong();
        try (TestDatabase db = words(TestServer.NEWEST, ROWS); InProcess neap = InProcess.on(db)) {
            RemoteControl remote = new RemoteControl(db.dataSource());
            Shouting.MEANWHILE.set(row -> {
                transformed.incrementAndGet();
                LockSupport.parkNanos(5_000_000);
            });
            CompletableFuture<Outcome> run = Background.begin(() -> neap.runs()
                    .run(
                            InProcess.change(shouting("chunk_duration: 50ms, strands: 6, transform_threads: 4")),
                            neap.watcher()));
            Await.until("it writes", () -> count(db, "loud IS NOT NULL") > 0);
            Answer paused = remote.ask(Request.PAUSE, name, Duration.ofSeconds(10));
            assertThat(paused.reached()).as(paused.message()).isTrue();
            long before = transformed.get();
            long until = System.nanoTime() + 500_000_000;
            while (System.nanoTime() < until) {
                assertThat(transformed.get()).isEqualTo(before);
            }
            assertThat(before).isLessThan(ROWS);
            Shouting.MEANWHILE.set(row -> {});
            assertThat(remote.ask(Request.RESUME, name, Duration.ofSeconds(10)).reached()).isTrue();
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "loud IS DISTINCT FROM upper(said)")).isZero();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long open(TestDatabase db) {
        return db.one(Long.class, """
                SELECT count(*) FROM pg_stat_activity
                 WHERE application_name = 'neap' AND datname = current_database() AND xact_start IS NOT NULL""");
    }

    @Test
    void areWrittenOnceHoweverOftenTheProcessIsKilledAmidAStretch() throws Exception {
        int rows = 60_000;
        try (TestDatabase db = words(TestServer.NEWEST, rows)) {
            Random random = new Random(45);
            int woven = 0;
            try (Client client = new Client(db, rows)) {
                for (int kill = 0; kill < 4; kill++) {
                    try (NeapProcess neap = run(db, 1 + kill % 2)) {
                        long target = chunks(db) + 3 + random.nextInt(20);
                        until(neap, () -> chunks(db) >= target);
                        neap.kill();
                    }
                    woven += weaving(db) ? 1 : 0;
                }
                assertThat(run(db, 2).await()).isZero();
                client.end();
                assertThat(java.util.Optional.ofNullable(client.error.get())).isEmpty();
            }

            assertThat(woven).as("kills in the middle of a stretch").isGreaterThanOrEqualTo(2);
            assertThat(count(db, "loud IS DISTINCT FROM upper(said)")).isZero();
            assertThat(count(db, "id % 10 <> 0 AND written <> 1")).as("rows written twice").isZero();
            assertThat(count(db, "id % 10 = 0 AND said LIKE 'client%'")).isPositive();
        }
    }

    private static long chunks(TestDatabase db) {
        return db.one(Boolean.class, "SELECT to_regclass('neap.checkpoint') IS NOT NULL")
                ? db.one(Long.class, "SELECT coalesce(sum(seq), 0) FROM neap.checkpoint")
                : 0;
    }

    private static void until(NeapProcess neap, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(neap.isAlive()).as(neap::output).isTrue();
            assertThat(System.nanoTime()).as(neap::output).isLessThan(deadline);
        }
    }

    private NeapProcess run(TestDatabase db, int workers) throws IOException {
        Path file = directory.resolve("shout.yaml");
        Files.writeString(file, shouting("chunk_duration: 50ms, pause: 5ms, strands: 6, workers: " + workers));
        return NeapProcess.start(directory, "run", file.toString(), "--url", db.uri(), "--user", db.user());
    }

    /** New code, which writes both columns, of every tenth row. */
    private static final class Client implements AutoCloseable {

        private final AtomicReference<SQLException> error = new AtomicReference<>();
        private final Thread thread;
        private volatile boolean stop;

        Client(TestDatabase db, int rows) {
            Random random = new Random(46);
            thread = Thread.ofPlatform().daemon().start(() -> {
                try (Connection connection = db.connect(); Statement statement = connection.createStatement()) {
                    while (!stop) {
                        int id = 10 * (1 + random.nextInt(rows / 10));
                        statement.executeUpdate(
                                "UPDATE words SET said = 'client %1$d', loud = 'CLIENT %1$d' WHERE id = %2$d"
                                        .formatted(random.nextInt(), id));
                    }
                } catch (SQLException e) {
                    error.set(e);
                }
            });
        }

        void end() throws InterruptedException {
            stop = true;
            thread.join();
        }

        @Override
        public void close() throws InterruptedException {
            end();
        }
    }
}
