package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code n = n + 1} over every row comes to exactly 1, however often the process that does it is ended. */
class CrashIT {

    private static final int ROWS = 200_000;
    private static final int STOPPED = 6;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void survivesTenKillsAtAnyMoment() throws IOException {
        try (TestDatabase db = counters(ROWS)) {
            Random random = new Random(42);
            int[] workers = {2, 2, 3, 1};
            int woven = 0;
            for (int kill = 0; kill < 10; kill++) {
                try (NeapProcess neap = run(db, workers[kill % workers.length])) {
                    Moment.MOMENTS.get(kill % Moment.MOMENTS.size()).await(db, neap, random);
                    assertThat(neap.isAlive()).as("still at work before kill %d:\n%s", kill, neap.output()).isTrue();
                    neap.kill();
                }
                woven += weaving(db) ? 1 : 0;
            }
            assertThat(woven).as("kills in the middle of a stretch").isGreaterThanOrEqualTo(5);
            assertThat(run(db, 3).await()).isZero();

            everyRowCountsOnce(db);
            assertThat(db.one(Long.class, "SELECT sum(changed) FROM neap.checkpoint")).isEqualTo(ROWS);
            assertThat(db.one(Long.class, "SELECT sum(visited) FROM neap.checkpoint")).isEqualTo(ROWS);
            assertThat(db.one(Long.class, "SELECT count(*) FROM neap.checkpoint")).isGreaterThan(3);
            assertThat(db.list(String.class, "SELECT reason FROM neap.transition WHERE from_state = to_state"))
                    .isNotEmpty()
                    .containsOnly("its process died, and another takes over");
        }
    }

    @Test
    void finishesItsChunkWhenAskedToEndAndGoesOnFromThere() throws IOException {
        try (TestDatabase db = counters(ROWS)) {
            Random random = new Random(43);
            for (int end = 0; end < 3; end++) {
                try (NeapProcess neap = run(db, 1 + end)) {
                    Moment.MOMENTS.get(1 + end % 2).await(db, neap, random);
                    assertThat(neap.terminate()).as(neap.output()).isEqualTo(STOPPED);
                    assertThat(neap.output()).contains("neap restart count-once");
                }
                assertThat(db.one(String.class, "SELECT state FROM neap.run")).isEqualTo("STOPPED");
                assertThat(db.one(Long.class, "SELECT count(*) FROM neap.lease")).isZero();
            }
            assertThat(NeapProcess.start(directory, "restart", "count-once", "--url", db.uri(), "--user", db.user())
                    .await())
                    .isZero();

            everyRowCountsOnce(db);
        }
    }

    @Test
    void survivesKillsWhileOthersInsertDeleteAndChangeKeys() throws Exception {
        try (TestDatabase db = counters(50_000)) {
            survivesKillsBesideWriters(db, 4, 55_000, 2);
        }
    }

    @Test
    void survivesKillsWhileRowsMoveBetweenPartitions() throws Exception {
        try (TestDatabase db = LeavesIT.counters(TestServer.NEWEST, 50_000)) {
            survivesKillsBesideWriters(db, 3, 55_000, 2, 3, 1);
            assertThat(db.one(Long.class, "SELECT count(DISTINCT unit) FROM neap.checkpoint")).isEqualTo(4);
        }
    }

    private void survivesKillsBesideWriters(TestDatabase db, int kills, long keys, int... workers) throws Exception {
        Random random = new Random(44);
        Optional<KeyWriters> writers = Optional.empty();
        try {
            for (int kill = 0; kill < kills; kill++) {
                try (NeapProcess neap = run(db, workers[kill % workers.length])) {
                    Moment.MOMENTS.get(1).await(db, neap, random);
                    if (writers.isEmpty()) {
                        writers = Optional.of(new KeyWriters(db, 2, keys));
                    }
                    neap.kill();
                }
            }
            assertThat(run(db, 2).await()).isZero();
        } finally {
            if (writers.isPresent()) {
                writers.get().close();
            }
        }

        assertThat(writers.get().errors()).isEmpty();
        assertThat(writers.get().statements()).isGreaterThan(100);
        everyRowCountsOnce(db);
    }

    private static TestDatabase counters(int rows) {
        TestDatabase db = TestDatabase.on(TestServer.NEWEST);
        db.execute(
                "CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL, note text)",
                "INSERT INTO counters SELECT i, 0 FROM generate_series(1, %d) i".formatted(rows),
                "ANALYZE counters");
        return db;
    }

    private static void everyRowCountsOnce(TestDatabase db) {
        assertThat(db.rows("SELECT n, count(*) FROM counters WHERE n <> 1 GROUP BY n")).isEmpty();
    }

    private static boolean weaving(TestDatabase db) {
        return Moment.exists(db, "neap.checkpoint")
                && db.one(
                        Boolean.class,
                        "SELECT coalesce(bool_or(ends IS NOT NULL AND modulus > 1), false) FROM neap.checkpoint");
    }

    private NeapProcess run(TestDatabase db, int workers) throws IOException {
        Path file = directory.resolve("count-once.yaml");
        Files.writeString(file, """
                change: count-once
                table: public.counters
                operations:
                  - backfill: {set: {n: n + 1}}
                backfill: {chunk_duration: 50ms, pause: 10ms, workers: %d}
                """.formatted(workers));
        return NeapProcess.start(directory, "run", file.toString(), "--url", db.uri(), "--user", db.user());
    }

    /** A moment in the life of a process. */
    @FunctionalInterface
    private interface Moment {

        List<Moment> MOMENTS = new ArrayList<>(List.of(
                // Just taken over, nothing committed yet.
                (db, neap, random) -> until(neap, () -> holdsTheLease(db, neap)),
                // Somewhere in the middle, most likely in a chunk.
                (db, neap, random) -> {
                    long target = chunks(db) + 1 + random.nextInt(4);
                    until(neap, () -> chunks(db) >= target);
                    spin(random.nextLong(60_000_000));
                },
                // A chunk has just been committed: in the pause after it.
                (db, neap, random) -> {
                    long before = chunks(db);
                    until(neap, () -> chunks(db) > before);
                }));

        void await(TestDatabase db, NeapProcess neap, Random random);

        private static boolean holdsTheLease(TestDatabase db, NeapProcess neap) {
            return exists(db, "neap.lease")
                    && db.one(Long.class, "SELECT count(*) FROM neap.lease WHERE pid = " + neap.pid()) == 1;
        }

        private static long chunks(TestDatabase db) {
            return exists(db, "neap.checkpoint")
                    ? db.one(Long.class, "SELECT coalesce(sum(seq), 0) FROM neap.checkpoint")
                    : 0;
        }

        private static boolean exists(TestDatabase db, String table) {
            return db.one(Boolean.class, "SELECT to_regclass('%s') IS NOT NULL".formatted(table));
        }

        private static void until(NeapProcess neap, java.util.function.BooleanSupplier condition) {
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (!condition.getAsBoolean()) {
                assertThat(neap.isAlive()).as(neap::output).isTrue();
                assertThat(System.nanoTime()).as(neap::output).isLessThan(deadline);
            }
        }

        private static void spin(long nanos) {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }
}
