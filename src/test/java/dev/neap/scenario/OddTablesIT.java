package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.change.Problem;
import dev.neap.plan.Refused;
import dev.neap.postgres.TableMust;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables and expressions that are not what one would expect. */
class OddTablesIT {

    /** Runs a change named {@code odd} up to its gate, with a client writing as soon as the sync triggers are in. */
    private static void run(TestDatabase db, String client, String yaml) {
        try (InProcess neap = InProcess.on(db)) {
            neap.onEvent("keep rows right", () -> db.execute(client));
            assertThat(neap.runs().run(InProcess.change(yaml), neap.watcher()).state()).isEqualTo(RunState.READY);
            db.execute(client);
        }
    }

    private static void complete(TestDatabase db) {
        try (InProcess neap = InProcess.on(db)) {
            assertThat(neap.runs().complete(new ChangeName("odd"), neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
        }
        assertThat(Residue.in(db)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void fillsATableWithoutAKeyByBlock(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (source text); INSERT INTO t SELECT 's' || n FROM generate_series(1, 5000) n");
            run(db, "UPDATE t SET source = source || '!'; INSERT INTO t VALUES ('new')", """
                    change: odd
                    table: public.t
                    operations:
                      - add_column: {name: target, type: text, from: upper(source)}
                    """);
            TableMust.of(db, "t").haveRows(5002, "target = upper(source)");
            complete(db);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesToCountInATableWithoutAKey(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (n int); INSERT INTO t VALUES (0)");
            assertThatThrownBy(() -> neap.runs().run(InProcess.change("""
                    change: odd
                    table: public.t
                    operations:
                      - backfill: {set: {n: n + 1}}
                    """), neap.watcher()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("exactly once")
                    .hasMessageContaining("Add a unique NOT NULL key");
            TableMust.of(db, "t").haveRows(1, "n = 0").haveNoTriggers();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesExpressionsLiterally(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, data jsonb, plain json, at timestamptz)");
            db.execute("""
                    INSERT INTO t SELECT n, jsonb_build_object(CASE WHEN n % 2 = 0 THEN 'x' ELSE 'y?' END, n),
                                         '{"a" :  1}', now() FROM generate_series(1, 5000) n
                    """);
            run(db, "UPDATE t SET data = data || '{\"z\": 1}' WHERE id < 100",
                    """
                            change: odd
                            table: public.t
                            operations:
                              - add_column: {name: has_x, type: boolean, from: "data ? 'x'", not_null: true}
                              - add_column: {name: has_any, type: boolean, from: "data ?| ARRAY['x', 'z']"}
                              - add_column: {name: words, type: text, from: "(data ->> 'x')::text || ' :name ? ' || $q$it's ?$q$"}
                              - add_column: {name: slashes, type: text, from: "'a\\\\b' || id"}
                              - add_column: {name: as_json, type: json, from: "json_build_object('k', id::text)"}
                              - add_column: {name: place, type: point, from: "point(id, id / 3.0)"}
                              - add_column: {name: narrow, type: "numeric(5, 1)", from: "id / 7.0"}
                              - backfill: {set: {plain: "'{\\"b\\": 2}'::json"}, where: "NOT (data ? 'y?')"}
                            """);
            TableMust.of(db, "t")
                    .haveEverywhere("has_x", "id % 2 = 0")
                    .haveEverywhere("has_any", "id % 2 = 0 OR id < 100")
                    .haveEverywhere("words", "CASE WHEN id % 2 = 0 THEN id || ' :name ? it''s ?' END")
                    .haveEverywhere("slashes", "'a\\b' || id")
                    .haveRows(0, "as_json ->> 'k' <> id::text OR place <> point(id, id / 3.0)")
                    .haveEverywhere("narrow", "round(id / 7.0, 1)")
                    .haveRows(2500, "plain ->> 'b' = '2'");
            complete(db);
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsWhatTheUsersOwnTriggerMakesOfTheSource(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, source text, touched int NOT NULL DEFAULT 0)");
            db.execute("INSERT INTO t SELECT n, 's' || n FROM generate_series(1, 5000) n");
            db.execute("""
                    CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                      NEW.source := coalesce(OLD.source, '') || '+';
                      RETURN NEW;
                    END $$;
                    CREATE TRIGGER stamp BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stamp()
                    """);
            run(db, "UPDATE t SET touched = touched + 1 WHERE id % 3 = 0", """
                    change: odd
                    table: public.t
                    operations:
                      - add_column: {name: target, type: text, from: upper(source), not_null: true}
                    """);
            TableMust.of(db, "t").haveEverywhere("target", "upper(source)").haveRows(0, "source NOT LIKE '%+'");
            complete(db);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fillsAllPartitions(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            partitioned(db);
            run(db, "UPDATE t SET id = id + 20000, source = 'moved' WHERE id % 100 = 0 AND id < 10000", """
                    change: odd
                    table: public.t
                    operations:
                      - add_column: {name: target, type: text, from: upper(source), not_null: true}
                    """);
            TableMust.of(db, "t").haveEverywhere("target", "upper(source)").haveRows(10_000, "target IS NOT NULL");
            complete(db);
        }
    }

    /** A row that moves to another partition is deleted and inserted, as if it were a new one. */
    @ParameterizedTest
    @EnumSource
    void neverCountsARowOfAPartitionedTableTwiceOrNotAtAll(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            partitioned(db);
            neap.onEvent("follow rows", () -> db.execute("UPDATE t SET id = id - 4900 WHERE id BETWEEN 5001 AND 5099"));
            neap.runs().run(InProcess.change("""
                    change: odd
                    table: public.t
                    operations:
                      - backfill: {set: {n: n + 1}}
                    """), neap.watcher());
            assertThat(db.rows("SELECT id FROM t WHERE n <> 1")).isEmpty();
        }
    }

    private static void partitioned(TestDatabase db) {
        db.execute(
                """
                        CREATE TABLE t (id int, source text, n int NOT NULL DEFAULT 0, PRIMARY KEY (id)) PARTITION BY RANGE (id);
                        CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (5000);
                        CREATE TABLE t_high (n int NOT NULL DEFAULT 0, id int NOT NULL, source text);
                        ALTER TABLE t ATTACH PARTITION t_high FOR VALUES FROM (5000) TO (100000);
                        INSERT INTO t SELECT n, 's' || n FROM generate_series(200, 10199) n
                        """);
    }

    /** PostgreSQL computes a generated column after all BEFORE triggers, so no trigger can compute from it. */
    @ParameterizedTest
    @EnumSource
    void refusesToComputeFromAGeneratedColumn(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    """
                            CREATE TABLE t (id int PRIMARY KEY, name text, "Upper" text GENERATED ALWAYS AS (upper(name)) STORED);
                            INSERT INTO t SELECT n, 's' || n FROM generate_series(1, 100) n
                            """);
            assertThatThrownBy(() -> neap.runs().run(InProcess.change("""
                    change: odd
                    table: public.t
                    operations:
                      - add_column: {name: target, type: text, from: '"Upper" || ''!'''}
                    """), neap.watcher()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("\"Upper\"")
                    .hasMessageContaining("generated");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesToCountAlongAGeneratedKey(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    """
                            CREATE TABLE t (a int, id int GENERATED ALWAYS AS (a * 2) STORED PRIMARY KEY, n int NOT NULL DEFAULT 0);
                            INSERT INTO t (a) SELECT n FROM generate_series(1, 100) n
                            """);
            assertThatThrownBy(() -> neap.runs().run(InProcess.change("""
                    change: odd
                    table: public.t
                    operations:
                      - backfill: {set: {n: n + 1}}
                    """), neap.watcher()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("columns that are not generated");
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhichRowCanNotBeChangedAndWhy(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE TABLE t (id int PRIMARY KEY, n int CHECK (n < 10));
                    INSERT INTO t SELECT n, n % 5 FROM generate_series(1, 100) n;
                    UPDATE t SET n = 9 WHERE id = 42
                    """);
            assertThatThrownBy(() -> neap.runs().run(InProcess.change("""
                    change: odd
                    table: public.t
                    operations:
                      - backfill: {set: {n: n + 1}}
                    """), neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("The row with key 42 of table public.t can't be changed")
                    .hasMessageContaining("t_n_check");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesToCountByAGeneratedColumn(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE TABLE t (id int PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED, n int);
                    INSERT INTO t (id, a, n) SELECT n, n, 0 FROM generate_series(1, 100) n
                    """);
            assertThatThrownBy(() -> neap.runs().run(InProcess.change("""
                    change: odd
                    table: public.t
                    operations:
                      - backfill: {set: {n: n + twice}, where: twice > 10}
                      - set_not_null: {column: a, fill: twice}
                    contract:
                      - drop_column: {name: a, down: twice}
                    """), neap.watcher()))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.problems())
                            .filteredOn(problem -> problem.fact().startsWith("Column twice is generated, "))
                            .extracting(Problem::at)
                            .containsExactly(
                                    "operations[0].backfill.set.n",
                                    "operations[0].backfill.where",
                                    "operations[1].set_not_null.fill",
                                    "contract[0].drop_column.down"));
        }
    }
}
