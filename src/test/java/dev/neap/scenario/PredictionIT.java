package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neap.change.Change;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.plan.Plan;
import dev.neap.plan.Planner;
import dev.neap.plan.SaltedOrder;
import dev.neap.postgres.MiddleServer;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Inspection;
import dev.neap.run.NeapSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What plans say of locks and work is what PostgreSQL does, neither less nor more: for each step of each example and of some
 * that no example shows, and for its undoing, on every version.
 */
class PredictionIT {

    /** Tables and changes that no example shows: name, SQL of the table t, body of the change. */
    private static final List<List<String>> VARIANTS = List.of(
            List.of(
                    "a partitioned table",
                    "CREATE TABLE t (id int PRIMARY KEY, a text) PARTITION BY RANGE (id);"
                            + " CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (50);"
                            + " CREATE TABLE t2 PARTITION OF t DEFAULT",
                    "operations: [{add_column: {name: b, type: text, from: upper(a), not_null: true}},"
                            + " {set_not_null: {column: a, fill: \"''\"}}]"),
            List.of(
                    "a rename with a key, a check and an index",
                    "CREATE TABLE p (id text PRIMARY KEY); INSERT INTO p SELECT 'x';"
                            + " CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL DEFAULT 'x' REFERENCES p CHECK (a <> ''));"
                            + " CREATE INDEX t_a ON t (a)",
                    "operations: [{rename_column: {from: a, to: b}}]"),
            List.of(
                    "a column with an index and a check that goes",
                    "CREATE TABLE t (id int PRIMARY KEY, a text CHECK (a <> ''));"
                            + " CREATE INDEX t_a ON t (a)",
                    "contract: [{drop_column: {name: a, down: \"'x'\"}}]\n"
                            + "irreversible: {backup: none, retention: none, approval: a test}"),
            List.of(
                    "a rename without a view",
                    "CREATE TABLE t (id int PRIMARY KEY, a text)",
                    "operations: [{rename_table: {to: u, view: false}}]"),
            List.of(
                    "a division of a table that others reference",
                    "CREATE TABLE t (id int PRIMARY KEY, a text);"
                            + " CREATE TABLE c (id int PRIMARY KEY, t int REFERENCES t)",
                    "operations: [{partition_table: {by: hash, key: [id], modulus: 2}}]"),
            List.of(
                    "a division of a table that is published",
                    "CREATE TABLE t (id int PRIMARY KEY, a text);"
                            + " CREATE PUBLICATION feed FOR TABLE t WITH (publish_via_partition_root = true)",
                    "operations: [{partition_table: {by: hash, key: [id], modulus: 2}}]"),
            List.of(
                    "partitions put together",
                    "CREATE TABLE t (id int PRIMARY KEY, a text) PARTITION BY RANGE (id);"
                            + " CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (50);"
                            + " CREATE TABLE t2 PARTITION OF t DEFAULT;"
                            + " CREATE TABLE c (id int PRIMARY KEY, t int REFERENCES t)",
                    "operations: [{restructure_table: {merge_partitions: true}}]"),
            List.of(
                    "each row once",
                    "CREATE TABLE t (id int PRIMARY KEY, a text, n int DEFAULT 0)",
                    "operations: [{backfill: {set: {n: n + 1}}}]"));

    @ParameterizedTest
    @EnumSource
    void holdOnTheOldestAndTheNewest(TestServer server) throws IOException {
        check(() -> TestDatabase.on(server), examples());
    }

    /** Each takes a share of the examples, to be quick; all of them with {@code -Dneap.scenario.only=} and nothing behind it. */
    @ParameterizedTest
    @EnumSource
    void holdInBetween(MiddleServer server) throws IOException {
        assumeTrue(server.isThere(), "The build has brought no binaries of PostgreSQL " + server.major());
        List<Example> all = examples();
        List<Example> share = IntStream.range(0, all.size())
                .filter(i -> System.getProperty("neap.scenario.only") != null
                        || i % 3 == server.major() % 3)
                .mapToObj(all::get)
                .toList();
        check(() -> TestDatabase.on(server.port()), share);
    }

    @Test
    void areFoundWrongWhereTheySayMoreOrLess() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)
                .execute("CREATE TABLE t (id int PRIMARY KEY, a text)", "INSERT INTO t VALUES (1, 'x')")) {
            NeapSchema.migrate(db.dataSource());
            Predictions much = predicted(db, change("operations: [{sql: {up: [COMMENT ON TABLE t IS 'x'],"
                    + " down: [COMMENT ON TABLE t IS NULL], work: scan, done_when: 'false'}}]"));
            much.thereAndBackAndThrough();
            assertThat(much.wrong())
                    .anyMatch(
                            line -> line.contains("names lock ACCESS EXCLUSIVE on public.t; the strongest that is held"
                                    + " there is SHARE UPDATE EXCLUSIVE"))
                    .anyMatch(
                            line -> line.contains("says of table public.t that the step reads every row; it changes"));
            Predictions little = predicted(db, change("operations: [{sql: {up: [ALTER TABLE t ADD CHECK (a <> '')],"
                    + " down: [SELECT 1], lock: share_update_exclusive}}]"));
            little.thereAndBackAndThrough();
            assertThat(little.wrong())
                    .anyMatch(line -> line.contains("holds lock ACCESS EXCLUSIVE"))
                    .anyMatch(line -> line.contains("It reads every row of table public.t"));
        }
    }

    private static void check(Supplier<TestDatabase> databases, List<Example> examples) {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Example example : examples) {
            try (TestDatabase db = databases.get()) {
                example.prepare(db);
                compared += check(db, example.change().change(), example.toString(), wrong);
            }
        }
        for (List<String> variant : VARIANTS) {
            try (TestDatabase db = databases.get().execute(variant.get(1))) {
                db.execute("INSERT INTO t (id, a) SELECT i, 'x' FROM generate_series(1, 100) i");
                compared += check(db, change(variant.get(2)), variant.getFirst(), wrong);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(20);
    }

    private static int check(TestDatabase db, Change change, String name, List<String> wrong) {
        NeapSchema.migrate(db.dataSource());
        Predictions predictions = predicted(db, change);
        predictions.thereAndBackAndThrough();
        predictions.wrong().forEach(line -> wrong.add(name + ": " + line));
        return predictions.compared();
    }

    private static Predictions predicted(TestDatabase db, Change change) {
        Plan plan = Planner.plan(change, new Inspection(db.dataSource()).inspect(change));
        assertThat(SaltedOrder.in(plan)).isEmpty();
        return new Predictions(db, plan);
    }

    private static Change change(String body) {
        return new ChangeReader().read("variant.yaml", "change: variant\ntable: public.t\n" + body).change();
    }

    private static List<Example> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("jobs"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .sorted()
                    .map(file -> Example.of(file.replace(".yaml", "")))
                    .toList();
        }
    }
}
