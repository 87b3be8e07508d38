package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.postgres.TableMust;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A computed column and an exactly-once backfill on tables with keys of every kind, while rows get other keys. */
class KeysIT {

    private static final List<Keyed> TABLES = List.of(
            Keyed.by("bigint", "n * 2", "floor(random() * 25000)").onOldestToo(),
            Keyed.by("uuid", "gen_random_uuid()", "gen_random_uuid()"),
            Keyed.by("numeric", "CASE n WHEN 1 THEN 'NaN' ELSE n / 7.0 END", "round(random()::numeric * 2000, 3)"),
            Keyed.by("double precision", "n / 7.0", "random() * 2000"),
            Keyed.by("date", "date '0044-03-15 BC' + n * 90", "date '0044-03-15 BC' + (random() * 900000)::int"),
            Keyed.by("interval", "n * interval '7 hours -3 days'", "(random() * 10000) * interval '1 day 2 minutes'"),
            Keyed.by("bytea", "decode(md5(n::text), 'hex')", "decode(md5(random()::text), 'hex')"),
            Keyed.by("inet", "inet '10.0.0.0' + n * 3", "inet '10.0.0.0' + (random() * 30000)::int"),
            Keyed.by("character(12)", "'k' || n", "'k' || (random() * 20000)::int"),
            // Before 1900 the offsets of most zones have minutes and seconds.
            Keyed.by(
                    "timestamp with time zone",
                    "timestamptz '1890-01-01 00:00:00.123456+00' + n * interval '7 hours'",
                    "timestamptz '1890-01-01 00:00+00' + random() * interval '3000 days'")
                    .onOldestToo(),
            Keyed.by("text COLLATE \"und-x-icu\"", word("n"), word("(random() * 20000)::int"))
                    .onOldestToo(),
            Keyed.by("text COLLATE anycase", word("n"), word("(random() * 20000)::int"))
                    .after(
                            "text, regardless of case",
                            "CREATE COLLATION public.anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"),
            Keyed.by("other.weekday_number", "n", "(random() * 20000)::int")
                    .after("a domain of another schema",
                            "CREATE SCHEMA other; CREATE DOMAIN other.weekday_number AS int;"),
            Keyed.of(
                    "an index in another order than the columns",
                    "public.t",
                    """
                            CREATE TABLE t (a smallint, source text NOT NULL, b text, n int NOT NULL DEFAULT 0, PRIMARY KEY (b, a));
                            INSERT INTO t SELECT i % 97, 'Source', 'b' || i / 97 FROM generate_series(1, :rows) i
                            """,
                    "a = (random() * 97)::int, b = 'b' || (random() * 120)::int"),
            Keyed.of(
                    "a descending index",
                    "public.t",
                    """
                            CREATE TABLE t (id int NOT NULL, source text NOT NULL, n int NOT NULL DEFAULT 0);
                            CREATE UNIQUE INDEX ON t (id DESC);
                            INSERT INTO t SELECT i * 2, 'Source' FROM generate_series(1, :rows) i
                            """,
                    "id = (random() * 25000)::int"),
            Keyed.of(
                    "an index with a collation of its own",
                    "public.t",
                    """
                            CREATE TABLE t (id text NOT NULL, source text NOT NULL, n int NOT NULL DEFAULT 0);
                            CREATE UNIQUE INDEX ON t (id COLLATE "und-x-icu");
                            INSERT INTO t SELECT %s, 'Source' FROM generate_series(1, :rows) i
                            """
                            .formatted(word("i")),
                    "id = " + word("(random() * 20000)::int")),
            Keyed.of(
                    "identity always",
                    "public.t",
                    """
                            CREATE TABLE t (
                              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source text NOT NULL, n int NOT NULL DEFAULT 0);
                            INSERT INTO t (source) SELECT 'Source' FROM generate_series(1, :rows)
                            """,
                    "id = DEFAULT"),
            Keyed.of(
                    "columns dropped earlier",
                    "public.t",
                    """
                            CREATE TABLE t (gone int, id int PRIMARY KEY, also_gone text, source text NOT NULL, n int NOT NULL DEFAULT 0);
                            ALTER TABLE t DROP COLUMN gone, DROP COLUMN also_gone;
                            INSERT INTO t SELECT i * 2, 'Source' FROM generate_series(1, :rows) i
                            """,
                    "id = (random() * 25000)::int"),
            Keyed.of(
                    "names that Neap uses itself",
                    "public.\"position\"",
                    """
                            CREATE TABLE "position" (
                              key text, change int, step int, "position" int, upper text, neap_upper int, source text NOT NULL,
                              n int NOT NULL DEFAULT 0, PRIMARY KEY (key, change));
                            INSERT INTO "position" (key, change, source) SELECT 'k' || i % 100, i, 'Source' FROM generate_series(1, :rows) i
                            """,
                    "key = 'k' || (random() * 100)::int"),
            Keyed.of(
                    "names that need quotes",
                    "\"Größe & \"\"Maß\".\"Bestell. Ä$1\"",
                    """
                            CREATE SCHEMA "Größe & ""Maß";
                            CREATE TABLE "Größe & ""Maß"."Bestell. Ä$1" (
                              "Schlüs'sel ?" int PRIMARY KEY, "select" int, source text NOT NULL, n int NOT NULL DEFAULT 0);
                            INSERT INTO "Größe & ""Maß"."Bestell. Ä$1" SELECT i * 2, 0, 'Source' FROM generate_series(1, :rows) i
                            """,
                    "\"Schlüs'sel ?\" = (random() * 25000)::int"),
            Keyed.of(
                    "no row",
                    "public.t",
                    "CREATE TABLE t (id int PRIMARY KEY, source text NOT NULL, n int NOT NULL)",
                    "id = 1"),
            Keyed.of(
                    "one row",
                    "public.t",
                    """
                            CREATE TABLE t (id int PRIMARY KEY, source text NOT NULL, n int NOT NULL);
                            INSERT INTO t VALUES (7, 'Source', 0)
                            """,
                    "id = (random() * 20)::int"));

    private static String word(String number) {
        return "(ARRAY['a', 'B', 'é', 'Z', 'ö', 'z-', '_', 'ß'])[1 + %1$s %% 8] || %1$s".formatted(number);
    }

    private static final Map<String, String> SETTINGS = Map.of("neap.ddl.lock-timeout", "500ms",
            "neap.backfill.chunk-duration", "5ms");

    static Stream<Arguments> everyTable() {
        return Arrays.stream(TestServer.values())
                .flatMap(server -> TABLES.stream()
                        .filter(table -> table.oldest() || server == TestServer.NEWEST)
                        .map(table -> Arguments.of(table, server)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyTable")
    void isRightInEveryRowAndDoneOnce(Keyed table, TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            table.prepare(db);
            long rows = db.one(Long.class, "SELECT count(*) FROM " + table.table());
            AtomicReference<Mover> mover = new AtomicReference<>();
            neap.onEvent("follow rows", () -> mover.set(new Mover(db, table.moveOne())));
            String change = """
                    change: count-and-fill
                    table: '%s'
                    operations:
                      - add_column: {name: Über, type: text, from: upper(source), not_null: true}
                      - backfill: {set: {n: n + 1}}
                    """.formatted(table.table().replace("'", "''"));

            RunState state;
            try {
                state = neap.runs().run(InProcess.change(change), neap.watcher()).state();
            } finally {
                mover.get().close();
            }

            assertThat(mover.get().error()).isEmpty();
            assertThat(state).isEqualTo(RunState.READY);
            TableMust.of(db, table.table())
                    .haveRows(rows, "n = 1")
                    .haveRows(rows, "true")
                    .haveEverywhere("Über", "upper(source)")
                    .haveNotNull("Über");
            assertThat(neap.runs().complete(new ChangeName("count-and-fill"), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(Residue.in(db)).isEmpty();
            assertThat(mover.get().moved()).isGreaterThanOrEqualTo(rows > 1 ? 10 : 0);
        }
    }
}
