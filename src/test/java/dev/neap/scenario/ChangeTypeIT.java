package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.plan.PlannedStep;
import dev.neap.plan.Planner;
import dev.neap.plan.Refused;
import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Inspection;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import dev.neap.step.DdlStep;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A column gets another type by way of a second one: what may go wrong, and what has to be carried over. */
class ChangeTypeIT {

    private static final ChangeName NAME = new ChangeName("codes-to-numbers");

    private static final String CODES = """
            change: codes-to-numbers
            table: public.items
            operations:
              - change_type: {column: code, type: integer, using: "code::integer", reverse: "code::text"}
            irreversible: {backup: none, retention: none, approval: a test}
            """;

    private static TestDatabase items(TestServer server) {
        TestDatabase db = TestDatabase.on(server);
        db.execute(
                "CREATE TABLE items (id int PRIMARY KEY, code text DEFAULT '7')",
                "CREATE INDEX items_code_idx ON items (code)",
                "INSERT INTO items SELECT i, ' ' || i FROM generate_series(1, 3000) i",
                "ANALYZE items");
        return db;
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void namesTheRowThatCannotBeConvertedAndGoesBackOrOn(TestServer server) {
        try (TestDatabase db = items(server);
                InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "items");
            db.execute("UPDATE items SET code = 'x' WHERE id = 1234");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(RunFailed.class)
                        .isThrownBy(() -> neap.runs().run(InProcess.change(CODES), neap.watcher()))
                        .withMessageContaining("The row with key 1234 of table public.items can't be changed")
                        .withMessageContaining("invalid input syntax for type integer: \"x\"");
                if (attempt == 0) {
                    assertThat(neap.runs().rollback(NAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
                    assertThat(CatalogDump.of(db, "items")).isEqualTo(before);
                    assertThat(Residue.in(db)).isEmpty();
                }
            }
            db.execute("UPDATE items SET code = '99' WHERE id = 1234");
            assertThat(neap.runs().run(InProcess.change(CODES), neap.watcher()).state()).isEqualTo(RunState.READY);
            assertThat(db.list(Long.class, "SELECT count(*) FROM items WHERE code <> id AND id <> 1234"))
                    .containsExactly(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void goesBackAfterTheSwapWithWhatWasWrittenSince(TestServer server) {
        try (TestDatabase db = items(server);
                InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "items");
            neap.runs().run(InProcess.change(CODES), neap.watcher());
            // Old code quotes its numbers, new code does not; a default is a default of the new type.
            db.execute(
                    "UPDATE items SET code = '4711' WHERE id = 1",
                    "UPDATE items SET code = code + 1 WHERE id = 2",
                    "INSERT INTO items (id) VALUES (5000)",
                    "INSERT INTO items (id, code) VALUES (5001, NULL)",
                    "UPDATE items SET id = 6000 WHERE id = 3");
            assertThat(db.list(Integer.class, "SELECT code FROM items WHERE id IN (1, 2, 5000, 6000) ORDER BY id"))
                    .containsExactly(4711, 3, 7, 3);

            neap.runs().rollback(NAME, neap.watcher());

            assertThat(CatalogDump.of(db, "items")).isEqualTo(before);
            assertThat(Residue.in(db)).isEmpty();
            // What nobody changed is as it was, to the blank.
            assertThat(db.list(
                    String.class,
                    "SELECT coalesce(code, 'none') FROM items WHERE id IN (1, 2, 4, 5000, 5001, 6000) ORDER BY id"))
                    .containsExactly("4711", "3", " 4", "7", "none", " 3");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void goesOnAfterAProcessThatDiedOnceItHadSwapped(TestServer server) {
        try (TestDatabase db = items(server);
                InProcess neap = InProcess.on(db)) {
            Change change = InProcess.change(CODES).change();
            DdlStep swap = Planner.plan(change, new Inspection(db.dataSource()).inspect(change))
                    .steps()
                    .stream()
                    .map(PlannedStep::step)
                    .filter(step -> step.slug().equals("swap"))
                    .map(DdlStep.class::cast)
                    .findFirst()
                    .orElseThrow();
            AtomicInteger verified = new AtomicInteger();
            neap.onEvent("verified", () -> {
                if (verified.incrementAndGet() == 2) {
                    db.execute("BEGIN; " + String.join("; ", swap.sql()) + "; COMMIT");
                }
            });

            assertThat(neap.runs().run(InProcess.change(CODES), neap.watcher()).state()).isEqualTo(RunState.READY);
            assertThat(neap.runs().complete(NAME, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);

            assertThat(Residue.in(db)).isEmpty();
            assertThat(db.rows("SELECT * FROM items WHERE id = 5")).containsExactly(Map.of("id", 5, "code", 5));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void carriesOverWhateverHangsOnAColumn(TestServer server) {
        String[] tables = {
            """
                    CREATE TABLE shelves (no int PRIMARY KEY);
                    CREATE TABLE goods (
                      part serial, lot int NOT NULL, shelf int DEFAULT 1, price numeric(10, 2) DEFAULT 9.99,
                      CONSTRAINT goods_pk PRIMARY KEY (part, lot),
                      CONSTRAINT later UNIQUE (part, shelf) DEFERRABLE INITIALLY DEFERRED,
                      CONSTRAINT on_shelf FOREIGN KEY (shelf) REFERENCES shelves ON DELETE SET NULL,
                      CONSTRAINT dear CHECK (price < 1000));
                    ALTER TABLE goods ADD CONSTRAINT positive CHECK (part > 0) NOT VALID;
                    CREATE UNIQUE INDEX goods_id ON goods (part) INCLUDE (price);
                    ALTER TABLE goods REPLICA IDENTITY USING INDEX goods_id, CLUSTER ON goods_id;
                    INSERT INTO shelves VALUES (1);
                    INSERT INTO goods (lot) SELECT i FROM generate_series(1, 500) i;
                    """};
        try (TestDatabase db = TestDatabase.on(server);
                TestDatabase direct = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(tables);
            direct.execute(tables);
            List<String> before = CatalogDump.of(db, "goods");
            var change = InProcess.change("""
                    change: codes-to-numbers
                    table: public.goods
                    operations:
                      - change_type: {column: part, type: bigint}
                    """);
            neap.runs().run(change, neap.watcher());
            db.execute("INSERT INTO goods (lot) VALUES (501)");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(CatalogDump.of(db, "goods")).isEqualTo(before);
            neap.runs().run(change, neap.watcher());
            neap.runs().complete(NAME, neap.watcher());
            assertThat(db.one(String.class, "SELECT seqtypid::regtype::text FROM pg_sequence"
                    + " WHERE seqrelid = pg_get_serial_sequence('goods', 'part')::regclass")).isEqualTo("bigint");

            ChangeName second = new ChangeName("more");
            neap.runs().run(InProcess.change("""
                    change: more
                    table: public.goods
                    operations:
                      - change_type: {column: shelf, type: bigint}
                      - change_type: {column: price, type: bigint, using: (price * 100)::bigint, reverse: price / 100.0}
                    irreversible: {backup: none, retention: none, approval: a test}
                    """), neap.watcher());
            neap.runs().complete(second, neap.watcher());

            direct.execute("""
                    ALTER TABLE goods ALTER part TYPE bigint, ALTER shelf TYPE bigint, ALTER price DROP DEFAULT,
                      ALTER price TYPE bigint USING (price * 100)::bigint;
                    ALTER TABLE goods ALTER price SET DEFAULT '999'::bigint""");
            assertThat(CatalogDump.of(db, "goods")).isEqualTo(CatalogDump.of(direct, "goods"));
            assertThat(Residue.in(db)).isEmpty();
            db.execute("INSERT INTO goods (lot) VALUES (502)");
            assertThat(db.rows("SELECT part, price FROM goods WHERE lot = 502"))
                    .containsExactly(Map.of("part", 502L, "price", 999L));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void changesACollationAndAPartitionedTable(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE TABLE items (id int, code text COLLATE "POSIX", n int) PARTITION BY RANGE (id);
                    CREATE TABLE items_1 PARTITION OF items FOR VALUES FROM (0) TO (1000);
                    CREATE TABLE items_2 PARTITION OF items FOR VALUES FROM (1000) TO (9000);
                    CREATE TABLE names (id int PRIMARY KEY, code text COLLATE "POSIX" NOT NULL);
                    CREATE INDEX names_code_idx ON names (code);
                    INSERT INTO items SELECT i, 'i' || i, i FROM generate_series(1, 3000) i;
                    INSERT INTO names SELECT i, 'i' || i FROM generate_series(1, 3000) i""");
            List<String> before = CatalogDump.of(db, "items");
            var many = InProcess.change("""
                    change: codes-to-numbers
                    table: public.items
                    operations:
                      - change_type: {column: n, type: bigint}
                    """);
            neap.runs().run(many, neap.watcher());
            db.execute("UPDATE items SET id = id + 1000, n = n + 1 WHERE id BETWEEN 5 AND 9");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(CatalogDump.of(db, "items")).isEqualTo(before);
            neap.runs().run(many, neap.watcher());
            neap.runs().complete(NAME, neap.watcher());
            assertThat(db.list(Long.class, "SELECT count(*) FROM items WHERE n <> substr(code, 2)::int"))
                    .containsExactly(5L);

            neap.runs().run(InProcess.change("""
                    change: collate
                    table: public.names
                    operations:
                      - change_type: {column: code, type: text, collation: C}
                    """), neap.watcher());
            db.execute("UPDATE names SET code = 'I7' WHERE id = 7");
            neap.runs().complete(new ChangeName("collate"), neap.watcher());
            assertThat(db.list(String.class, "SELECT code FROM names WHERE id < 9 ORDER BY code"))
                    .containsExactly("I7", "i1", "i2", "i3", "i4", "i5", "i6", "i8");
            assertThat(CatalogDump.of(db, "names"))
                    .anyMatch(line -> line.startsWith("column code type=text collation=\"C\""));
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void doesNotSayThatItHasGoneBackWhereSomebodyHasDroppedTheOldColumn(TestServer server) {
        try (TestDatabase db = items(server);
                InProcess neap = InProcess.on(db)) {
            neap.runs().run(InProcess.change(CODES), neap.watcher());
            db.execute("ALTER TABLE items DROP COLUMN code_neap_old_e6bed721");

            assertThatExceptionOfType(RunFailed.class)
                    .isThrownBy(() -> neap.runs().rollback(NAME, neap.watcher()))
                    .withMessageContaining("column \"code_neap_old_e6bed721\" does not exist");
        }
    }

    @Test
    void staysWiderAfterARollbackWhereTheWayBackWouldRewriteTheTable() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE items (id int PRIMARY KEY, code varchar(10), at timestamp)");
            assertThat(neap.runs().run(InProcess.change("""
                    change: codes-to-numbers
                    table: public.items
                    operations:
                      - change_type: {column: code, type: varchar(30)}
                      - change_type: {column: at, type: timestamptz, using: at AT TIME ZONE 'UTC'}
                    """), neap.watcher()).state()).isEqualTo(RunState.COMPLETED);

            assertThat(neap.runs().rollback(NAME, neap.watcher()).message())
                    .contains("column code stays character varying(30)");

            assertThat(db.list(
                    String.class, "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                            + " WHERE attrelid = 'items'::regclass AND attnum > 0 ORDER BY attnum"))
                    .containsExactly("integer", "character varying(30)", "timestamp without time zone");
        }
    }

    @Test
    void refusesWhatItCannotDoAndSaysWhatToDo() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)) {
            db.execute("""
                    CREATE TABLE items (id int PRIMARY KEY, code text, parent int REFERENCES items, seen timestamp,
                      twice int GENERATED ALWAYS AS (parent * 2) STORED, place point, span int4range,
                      n int UNIQUE, m int, s int, a int, b int, EXCLUDE USING gist (span WITH &&));
                    CREATE VIEW codes AS SELECT code FROM items;
                    CREATE INDEX pair ON items (a, b);
                    CREATE INDEX patterns ON items (code text_pattern_ops);
                    CREATE STATISTICS both_of_them ON s, n FROM items;
                    CREATE TABLE parts (day date, n int) PARTITION BY RANGE (day)""");
            Map<String, String> messages = Map.ofEntries(
                    Map.entry("{column: id, type: bigint}", "Foreign key items_parent_fkey of table public.items"),
                    Map.entry("{column: code, type: bytea, using: code::bytea, reverse: \"encode(code, 'hex')\"}",
                            "PostgreSQL refuses index patterns over the new column"),
                    Map.entry("{column: code, type: varchar(9)}", "View public.codes uses column code"),
                    Map.entry("{column: twice, type: bigint}", "is generated from others"),
                    Map.entry("{column: parent, type: bigint}", "Column twice is generated from column parent"),
                    Map.entry("{column: span, type: int8range, using: \"int8range(lower(span), upper(span))\","
                            + " reverse: \"int4range(lower(span)::int, upper(span)::int)\"}", "exclude constraint"),
                    Map.entry("{column: m, type: boolean}", "does not cast the old type to the new one by itself"),
                    Map.entry("{column: m, type: boolean, using: m > 0}", "Say under reverse how the old value"),
                    Map.entry("{column: n, type: bigint}", "Column n is used by statistics object both_of_them"),
                    Map.entry("{column: b, type: integer}", "is of type integer already"),
                    Map.entry("{column: seen, type: date, using: \"seen + random() * interval '1 s'\"}", "volatile"),
                    Map.entry("{column: seen, type: timestamptz}", "depends on the time zone"),
                    Map.entry("{column: c, type: bigint}", "column \"c\" does not exist"),
                    Map.entry("{column: b, type: bigint}\n  - create_index: {name: x, columns: [b]}",
                            "puts a new column in the place of b"),
                    Map.entry("{column: a, type: bigint}\n  - change_type: {column: b, type: bigint}",
                            "puts a new column in the place of"));
            messages.forEach((operation, message) -> assertThatExceptionOfType(Refused.class)
                    .as(operation)
                    .isThrownBy(() -> plan(db, "items", operation))
                    .withMessageContaining(message));
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> plan(db, "parts", "{column: day, type: timestamp}"))
                    .withMessageContaining("is partitioned by column day");
        }
    }

    private static void plan(TestDatabase db, String table, String operation) {
        Change change = InProcess.change("change: x\ntable: public.%s\noperations:\n  - change_type: %s\n"
                .formatted(table, operation)).change();
        Planner.plan(change, new Inspection(db.dataSource()).inspect(change));
    }
}
