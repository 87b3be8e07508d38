package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are copied into another table. */
class CopiesIT {

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void rowsThatAreThereAlreadyBecomeWhatTheyAreHere(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE \"Käufe\" (shop text COLLATE \"C\", no int, doc json, total numeric(8, 2),"
                            + " PRIMARY KEY (shop, no))",
                    "INSERT INTO \"Käufe\" SELECT 'shop ' || i % 7, i, json_build_object('i', i), i FROM generate_series(1, 2000) i",
                    "CREATE SCHEMA \"my.archive\"",
                    "CREATE TABLE \"my.archive\".\"Käufe\" (no int NOT NULL, shop varchar NOT NULL, doc json, total numeric,"
                            + " year int, mine text, UNIQUE (no, shop))",
                    "INSERT INTO \"my.archive\".\"Käufe\" SELECT i, 'shop ' || i % 7, NULL, i, 2025, 'kept'"
                            + " FROM generate_series(1, 300) i");
            ChangeFile first = change("first", "update");
            Outcome outcome = neap.runs().run(first, neap.watcher());

            assertThat(outcome.passes()).extracting(Outcome.Pass::changed).containsExactly(1_500L, 0L, 0L);
            assertThat(db.one(Long.class, """
                    SELECT count(*) FROM "Käufe" k JOIN "my.archive"."Käufe" a USING (shop, no)
                     WHERE a.doc::text = k.doc::text AND a.total = k.total AND a.year = 2025 AND k.total > 500"""))
                    .isEqualTo(1_500);
            assertThat(db.one(Long.class, "SELECT count(*) FROM \"my.archive\".\"Käufe\" WHERE mine = 'kept'"))
                    .isEqualTo(300);

            db.execute(
                    "UPDATE \"my.archive\".\"Käufe\" SET doc = '{}' WHERE no = 600",
                    "DELETE FROM \"my.archive\".\"Käufe\" WHERE no = 601",
                    "UPDATE \"my.archive\".\"Käufe\" SET total = 0 WHERE no = 602");
            assertThat(neap.runs().run(change("second", "nothing"), neap.watcher()).passes())
                    .extracting(Outcome.Pass::changed)
                    .containsExactly(1L, 0L, 0L);
            assertThat(neap.runs().run(change("third", "update"), neap.watcher()).passes())
                    .extracting(Outcome.Pass::changed)
                    .containsExactly(2L, 0L, 0L);
        }
    }

    private static ChangeFile change(String name, String onConflict) {
        return InProcess.change("""
                change: %s
                table: public.Käufe
                operations:
                  - copy:
                      to: '"my.archive".Käufe'
                      where: total > 500
                      set: {year: "'2025'", shop: lower(shop)}
                      on_conflict: %s
                      key: [no, shop]
                """.formatted(name, onConflict));
    }

    @Test
    void eachRowIsCopiedExactlyOnceWhereverItsKeyGoes() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE events (id int PRIMARY KEY, note text)",
                    "INSERT INTO events SELECT i, 'event ' || i FROM generate_series(1, 3000) i",
                    "CREATE TABLE log (id int, note text, copied int DEFAULT 1)",
                    "ANALYZE events");
            neap.onEvent("follow rows", () -> db.execute(
                    "UPDATE events SET id = 9000 WHERE id = 77",
                    "UPDATE events SET id = -1 WHERE id = 2999",
                    "INSERT INTO events VALUES (0, 'new'), (9001, 'new')"));
            String yaml = """
                    change: log-events
                    table: public.events
                    operations:
                      - copy: {to: public.log, set: {note: upper(note)}, on_conflict: error}
                    """;
            neap.runs().run(InProcess.change(yaml), neap.watcher());

            assertThat(db.one(Long.class, "SELECT count(*) FROM log")).isEqualTo(3_000);
            assertThat(db.one(Long.class, """
                    SELECT count(*) FROM generate_series(1, 3000) i
                     WHERE (SELECT count(*) FROM log WHERE note = 'EVENT ' || i) <> 1""")).isZero();
            assertThat(
                    db.list(Integer.class, "SELECT id FROM log WHERE note IN ('EVENT 77', 'EVENT 2999') ORDER BY id"))
                    .containsExactly(-1, 9000);

            assertThat(neap.runs().rollback(new ChangeName("log-events"), neap.watcher()).message())
                    .endsWith("copied rows stay in public.log.");
            assertThatExceptionOfType(RunFailed.class)
                    .isThrownBy(() -> neap.runs().run(InProcess.change(yaml), neap.watcher()))
                    .withMessageContaining("which no rollback takes back");
        }
    }

    @Test
    void aValueThatDoesNotFitIsSetAside() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE words (id int PRIMARY KEY, word text)",
                    "INSERT INTO words SELECT i, i::text FROM generate_series(1, 500) i",
                    "UPDATE words SET word = 'seven' WHERE id = 7",
                    "UPDATE words SET word = repeat('9', 9) WHERE id = 8",
                    "CREATE TABLE numbers (id int PRIMARY KEY, number int, text varchar(5))");
            Outcome outcome = neap.runs().run(InProcess.change("""
                    change: numbers
                    table: public.words
                    operations:
                      - copy: {to: public.numbers, set: {number: word::int, text: word}, on_conflict: update}
                    backfill: {max_quarantined: 2}
                    """), neap.watcher());

            assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.list(String.class, "SELECT key::text || sqlstate FROM neap.quarantine ORDER BY key"))
                    .containsExactly("{7}22P02", "{8}22001");
            assertThat(db.one(Long.class, "SELECT count(*) FROM numbers WHERE id = number")).isEqualTo(498);
        }
    }
}
