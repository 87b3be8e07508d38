package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.plan.Refused;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.rows.TestJar;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import dev.neap.transform.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that a Java class changes. */
class TransformIT {

    private static final int ROWS = 10_000;

    private static final Map<String, String> SETTINGS = Map.of(
            "neap.ddl.lock-timeout", "500ms", "neap.chunk.duration", "100ms", "neap.transform.jars",
            "target/no-such-lib");

    @AfterEach
    void leaveRowsAlone() {
        meanwhile(row -> {});
    }

    private static void meanwhile(Consumer<Row> what) {
        Shouting.MEANWHILE.set(what);
    }

    private static TestDatabase words(TestServer server) {
        return TestDatabase.on(server).execute("""
                CREATE TABLE words (id int PRIMARY KEY, said text, loud varchar(20), touched int NOT NULL DEFAULT 0);
                INSERT INTO words SELECT n, 'word ' || n FROM generate_series(1, %d) n;
                """.formatted(ROWS));
    }

    private static String shouting(String more, String options) {
        return """
                change: shout
                table: public.words
                operations:
                  - transform: {class: dev.neap.scenario.Shouting, reads: [id, said], writes: [loud]%s}
                backfill: {max_quarantined: 0%s}
                """.formatted(more, options);
    }

    private static long count(TestDatabase db, String condition) {
        return db.one(Long.class, "SELECT count(*) FROM words WHERE " + condition);
    }

    private static Outcome run(InProcess neap, String change) {
        return neap.runs().run(InProcess.change(change), neap.watcher());
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void overwritesNothingThatChangesBetweenReadingAndWriting(TestServer server) {
        try (TestDatabase db = words(server);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            // The row that is being transformed is changed, or deleted, after it was read.
            meanwhile(row -> {
                int id = row.get("id", Integer.class);
                if (id % 1_000 == 7 && String.valueOf(row.text("said")).startsWith("word")) {
                    db.execute("UPDATE words SET said = 'changed ' || id WHERE id = " + id);
                } else if (id % 1_000 == 8) {
                    db.execute("DELETE FROM words WHERE id = " + id);
                }
            });
            Outcome outcome = run(neap, shouting("", ""));

            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "true")).isEqualTo(ROWS - 10);
            assertThat(count(db, "said LIKE 'changed%' AND loud LIKE 'CHANGED%'")).isEqualTo(10);
            assertThat(count(db, "loud IS DISTINCT FROM upper(said)")).isZero();
            assertThat(outcome.passes()).first().extracting(Outcome.Pass::changed).isEqualTo(ROWS - 10L);
            assertThat(outcome.passes()).last().extracting(Outcome.Pass::changed).isEqualTo(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void isRightBesideWritersWhoGoOn(TestServer server) {
        try (TestDatabase db = words(server);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            String write = "UPDATE public.words SET said = 'w' || r, loud = 'W' || r, touched = touched + 1 FROM"
                    + " (SELECT (random() * 1e9)::int AS r, (random() * %d)::int AS chosen) d WHERE id = chosen"
                            .formatted(ROWS);
            try (Mover writer = new Mover(db, write)) {
                assertThat(run(neap, shouting("", "")).state()).isEqualTo(RunState.COMPLETED);
                assertThat(writer.error()).isEmpty();
            }
            assertThat(count(db, "loud IS DISTINCT FROM upper(said)")).isZero();
            assertThat(count(db, "touched > 0")).isPositive();
        }
    }

    @Test
    void setsAsideTheRowsThatItsClassRefuses() {
        try (TestDatabase db = words(TestServer.NEWEST).execute(
                "UPDATE words SET said = NULL WHERE id IN (17, 18, 9000)",
                // And one that PostgreSQL refuses.
                "UPDATE words SET said = 'longer than twenty characters' WHERE id = 4000");
                InProcess neap = InProcess.on(db, SETTINGS)) {
            assertThatExceptionOfType(RunFailed.class).isThrownBy(() -> run(neap, shouting("", "")))
                    .withMessageContaining("The row with key 17 of table public.words can't be changed")
                    .withMessageContaining("IllegalArgumentException: nothing was said (SQLSTATE 22000)");
            assertThatExceptionOfType(RunFailed.class)
                    .isThrownBy(() -> run(neap, shouting("", "").replace("quarantined: 0", "quarantined: 3")))
                    .withMessageContaining("The row with key 9000 of")
                    .withMessageContaining("4000: value too long for type character varying(20)");

            Outcome outcome = run(neap, shouting("", "").replace("quarantined: 0", "quarantined: 4"));
            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.list(String.class, "SELECT key[1] FROM neap.quarantine ORDER BY key[1]::int"))
                    .containsExactly("17", "18", "4000", "9000");
            assertThat(count(db, "loud IS NULL")).isEqualTo(4);
            assertThat(count(db, "loud <> upper(said)")).isZero();
        }
    }

    @Test
    void keepsNothingOfAClassThatGivesAnotherValueEachTime() {
        String draw = """
                change: draw
                table: public.words
                operations: [{transform: {class: dev.neap.scenario.Drawing, reads: [id], writes: [token]%s}}]
                """;
        try (TestDatabase db = words(TestServer.NEWEST).execute("ALTER TABLE words ADD COLUMN token uuid");
                InProcess neap = InProcess.on(db, SETTINGS)) {
            assertThatExceptionOfType(RunFailed.class).isThrownBy(() -> run(neap, draw.formatted("")))
                    .withMessageContaining("when it is asked again")
                    .withMessageContaining("add a where that no longer holds");
            assertThat(count(db, "token IS NOT NULL")).isZero();
            neap.runs().rollback(new dev.neap.change.ChangeName("draw"), neap.watcher());

            assertThat(run(neap, draw.formatted(", where: token IS NULL")).state()).isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "token IS NULL")).isZero();
        }
    }

    @Test
    void goesThroughAllPartitions() {
        try (TestDatabase db = TestDatabase.on(TestServer.OLDEST).execute("""
                CREATE TABLE words (id int PRIMARY KEY, said text, loud text) PARTITION BY RANGE (id);
                CREATE TABLE words_low PARTITION OF words FOR VALUES FROM (0) TO (5000);
                CREATE TABLE words_rest PARTITION OF words DEFAULT;
                INSERT INTO words SELECT n, 'word ' || n FROM generate_series(1, 10000) n;
                """);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            meanwhile(row -> {
                if (row.get("id", Integer.class) % 5_000 == 4_999 && row.get("said").equals("word " + row.get("id"))) {
                    db.execute("UPDATE words SET said = 'changed' WHERE id = " + row.get("id"));
                }
            });
            assertThat(run(neap, shouting("", "")).state()).isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "loud = 'CHANGED'")).isEqualTo(2);
            assertThat(count(db, "loud IS DISTINCT FROM upper(said)")).isZero();
        }
    }

    @Test
    void worksWithoutAKeyTooAndOnlyWhereItIsTold() {
        AtomicLong asked = new AtomicLong();
        try (TestDatabase db = words(TestServer.NEWEST).execute("ALTER TABLE words DROP CONSTRAINT words_pkey");
                InProcess neap = InProcess.on(db, SETTINGS)) {
            meanwhile(row -> asked.incrementAndGet());
            assertThat(run(neap, shouting(", where: loud IS NULL AND id <= 4000", "")).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(count(db, "loud = upper(said)")).isEqualTo(4_000);
            assertThat(count(db, "loud IS NULL")).isEqualTo(ROWS - 4_000L);
            assertThat(asked).hasValue(4_000);
        }
    }

    /** Columns of every kind, each with values and NULL, copied through Java. */
    @ParameterizedTest
    @EnumSource(TestServer.class)
    void carriesValuesOfEveryTypeThere(TestServer server) {
        try (TestDatabase db = ManyTypes.on(server);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            Outcome outcome = run(neap, ManyTypes.copied());

            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(ManyTypes.differing(db)).isEmpty();
            assertThat(outcome.passes()).last().extracting(Outcome.Pass::changed).isEqualTo(0L);
        }
    }

    @Test
    void refusesAClassThatIsNotThereBeforeAnythingIsDone() {
        try (TestDatabase db = words(TestServer.NEWEST);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            assertThatThrownBy(() -> run(neap, shouting("", "").replace("Shouting", "Whispering")))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.problems())
                            .singleElement()
                            .satisfies(problem -> {
                                assertThat(problem.at()).isEqualTo("operations[0].transform.class");
                                assertThat(problem.fact()).contains("There is no class dev.neap.scenario.Whispering");
                            }));
            assertThat(db.one(Long.class, "SELECT count(*) FROM neap.run")).isZero();
        }
    }

    @Test
    void goesOnWithAnotherClassOnlyIfItIsAccepted(@TempDir Path directory) throws IOException {
        String change = """
                change: say
                table: public.words
                operations:
                  - transform: {class: com.example.Say, reads: [said], writes: [loud], where: loud IS NULL}
                """;
        String source = """
                package com.example;
                public class Say implements dev.neap.transform.RowTransform {
                    public dev.neap.transform.Row transform(dev.neap.transform.Row row) {
                        if (row.text("said").equals("word 9000")) throw new IllegalArgumentException("no");
                        return row.with("loud", row.text("said"));
                    }
                }""";
        Map<String, String> settings = Map.of("neap.transform.jars", directory.toString());
        try (TestDatabase db = words(TestServer.NEWEST)) {
            fails(db, settings, directory, change, source, "The row with key 9000");
            // The same packed again is the same.
            fails(db, settings, directory, change, source, "The row with key 9000");
            String mended = source.replace("throw new IllegalArgumentException(\"no\")",
                    "return row.with(\"loud\", \"9000\")");
            fails(db, settings, directory, change, mended, "is another one than the run began with, of say.jar");

            try (InProcess neap = InProcess.on(
                    db,
                    Map.of("neap.transform.jars", directory.toString(), "neap.transform.changed-class", "accept"))) {
                assertThat(run(neap, change).state()).isEqualTo(RunState.COMPLETED);
                assertThat(neap.events()).anyMatch(line -> line.endsWith("; accepted"));
            }
            assertThat(count(db, "loud IS NULL OR loud <> said AND id <> 9000")).isZero();
        }
    }

    private static void fails(
            TestDatabase db,
            Map<String, String> settings,
            Path directory,
            String change,
            String source,
            String why)
            throws IOException {
        TestJar.write(directory, "say.jar", Map.of("Say", source));
        try (InProcess neap = InProcess.on(db, settings)) {
            assertThatExceptionOfType(RunFailed.class)
                    .isThrownBy(() -> run(neap, change))
                    .withMessageContaining(why);
        }
    }
}
