package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.change.ChangeName;
import dev.neap.plan.Refused;
import dev.neap.postgres.Await;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are deleted, or moved into another table. */
class PurgesIT {

    private static final int ROWS = 50_000;

    private static final String ARCHIVE = """
            change: move-away
            table: public.orders
            operations:
              - archive: {to: archive.orders, where: id % 5 <> 0}
            backfill: {chunk_duration: 20ms, pause: 60ms}
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void archivedRowsAreInExactlyOneOfTheTwoTablesHoweverOftenTheProcessIsKilled() throws IOException {
        try (TestDatabase db = orders(TestServer.NEWEST, ROWS)) {
            Path file = directory.resolve("move-away.yaml");
            Files.writeString(file, ARCHIVE);
            for (int kill = 1; kill <= 3; kill++) {
                try (NeapProcess neap = run(db, file)) {
                    long before = chunks(db);
                    Await.until("it has gone on", () -> chunks(db) > before + 1);
                    neap.kill();
                    everyRowIsInExactlyOne(db);
                }
            }
            assertThat(db.one(Long.class, "SELECT count(*) FROM orders WHERE id % 5 <> 0")).isPositive();
            try (NeapProcess neap = run(db, file)) {
                assertThat(neap.await()).as(neap.output()).isZero();
            }
            everyRowIsInExactlyOne(db);
            assertThat(db.one(Long.class, "SELECT count(*) FROM archive.orders")).isEqualTo(ROWS / 5 * 4);
            assertThat(db.one(Long.class, "SELECT count(*) FROM orders WHERE id % 5 <> 0")).isZero();
            assertThat(db.one(Long.class, "SELECT sum(changed) FROM neap.checkpoint WHERE step = '02-archive'"))
                    .isEqualTo(ROWS / 5 * 4);
        }
    }

    @Test
    void aRowThatTheArchiveHasAlreadyIsSetAsideAndStays() {
        try (TestDatabase db = orders(TestServer.NEWEST, 2_000);
                InProcess neap = InProcess.on(db)) {
            db.execute("INSERT INTO archive.orders (id) VALUES (777)");
            String yaml = ARCHIVE.replace("pause: 60ms", "max_quarantined: 1");
            assertThat(neap.runs().run(InProcess.change(yaml), neap.watcher()).state()).isEqualTo(RunState.COMPLETED);

            assertThat(db.list(String.class, "SELECT step || ' ' || key::text || ' ' || sqlstate FROM neap.quarantine"))
                    .containsExactly("02-archive {777} 23505");
            assertThat(db.list(Long.class, "SELECT id FROM orders WHERE id % 5 <> 0")).containsExactly(777L);
        }
    }

    @Test
    void nothingIsLostToATriggerThatSwallowsRows() {
        try (TestDatabase db = orders(TestServer.NEWEST, 2_000);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    """
                            CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS
                            'BEGIN RETURN CASE WHEN NEW.id = 501 THEN NULL ELSE NEW END; END'""",
                    "CREATE TRIGGER swallow BEFORE INSERT ON archive.orders FOR EACH ROW EXECUTE FUNCTION swallow()");
            assertThatExceptionOfType(RunFailed.class)
                    .isThrownBy(() -> neap.runs().run(InProcess.change(ARCHIVE), neap.watcher()))
                    .withMessageContaining("a trigger there swallows rows");
            everyRowIsInExactlyOne(db, 2_000);

            db.execute("DROP TRIGGER swallow ON archive.orders");
            neap.runs().run(InProcess.change(ARCHIVE), neap.watcher());
            everyRowIsInExactlyOne(db, 2_000);
            assertThat(neap.runs().rollback(new ChangeName("move-away"), neap.watcher()).message())
                    .isEqualTo("What the change had made is gone; archived rows stay in archive.orders.");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void deletesByBlockWhereThereIsNoKeyAndFromEveryPartition(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE \"Odd ?\" (\"When\" timestamptz, tags jsonb)",
                    "INSERT INTO \"Odd ?\" SELECT now() - i * interval '1 day', '{\"a\": 1}'"
                            + " FROM generate_series(1, 3000) i",
                    "CREATE TABLE parts (id int PRIMARY KEY, gone bool) PARTITION BY RANGE (id)",
                    "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1500)",
                    "CREATE TABLE parts_2 PARTITION OF parts DEFAULT",
                    "INSERT INTO parts SELECT i, i % 3 = 0 FROM generate_series(1, 3000) i");
            neap.runs().run(InProcess.change("""
                    change: odd
                    table: public.Odd ?
                    operations:
                      - delete:
                          where: tags ? 'a' AND "When" < now() - interval '1000 days'
                    irreversible: {backup: none, retention: none, approval: a test}
                    """), neap.watcher());
            neap.runs().run(InProcess.change("""
                    change: parts
                    table: public.parts
                    operations:
                      - delete: {where: gone}
                    irreversible: {backup: none, retention: none, approval: a test}
                    """), neap.watcher());

            assertThat(db.one(Long.class, "SELECT count(*) FROM \"Odd ?\"")).isEqualTo(999);
            assertThat(db.one(Long.class, "SELECT count(*) FROM parts")).isEqualTo(2_000);
            assertThat(db.one(Long.class, "SELECT count(*) FROM parts WHERE gone")).isZero();
        }
    }

    @Test
    void aRowThatIsStillReferredToIsSetAside() {
        try (TestDatabase db = orders(TestServer.NEWEST, 1_000);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE lines (order_id bigint REFERENCES orders)",
                    "CREATE INDEX ON lines (order_id)",
                    "INSERT INTO lines VALUES (77), (80)");
            neap.runs().run(InProcess.change("""
                    change: purge
                    table: public.orders
                    operations:
                      - delete: {where: id % 5 <> 0}
                    irreversible: {backup: none, retention: none, approval: a test}
                    backfill: {max_quarantined: 3}
                    """), neap.watcher());

            assertThat(db.list(Long.class, "SELECT id FROM orders WHERE id % 5 <> 0")).containsExactly(77L);
            assertThat(db.one(Long.class, "SELECT count(*) FROM orders")).isEqualTo(201);
        }
    }

    @Test
    void needsThePrivilegesAndNotTheTable() {
        try (TestDatabase db = orders(TestServer.NEWEST, 1_000)) {
            String role = db.newRole();
            db.execute(
                    "GRANT CREATE ON DATABASE " + db.name() + " TO " + role,
                    "GRANT USAGE ON SCHEMA archive TO " + role,
                    "GRANT SELECT ON orders, archive.orders TO " + role);
            try (InProcess purger = InProcess.on(db.uri(), role, Map.of())) {
                assertThatExceptionOfType(Refused.class)
                        .isThrownBy(() -> purger.runs().run(InProcess.change(ARCHIVE), purger.watcher()))
                        .satisfies(refused -> assertThat(refused.problems().toString())
                                .contains("GRANT DELETE ON public.orders TO " + role)
                                .contains("GRANT INSERT ON archive.orders TO " + role));
                db.execute("GRANT DELETE ON orders TO " + role, "GRANT INSERT ON archive.orders TO " + role);
                assertThat(purger.runs().run(InProcess.change(ARCHIVE), purger.watcher()).state())
                        .isEqualTo(RunState.COMPLETED);
            }
            everyRowIsInExactlyOne(db, 1_000);
        }
    }

    @Test
    void makesTheArchiveWhereItIsToldToAndTakesItBackWhileItIsEmpty() {
        String yaml = ARCHIVE.replace("archive: {to: archive.orders,", "archive: {create: true, to: archive.orders,");
        try (TestDatabase db = orders(TestServer.NEWEST, 1_000);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "DROP TABLE archive.orders",
                    "ALTER TABLE orders ADD COLUMN number bigserial, ADD COLUMN \"By\" text COLLATE \"C\"",
                    // The first run fails before any row is moved.
                    "CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'",
                    "CREATE TRIGGER stay BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION stay()");
            assertThatExceptionOfType(RunFailed.class)
                    .isThrownBy(() -> neap.runs().run(InProcess.change(yaml), neap.watcher()));
            neap.runs().rollback(new ChangeName("move-away"), neap.watcher());
            assertThat(db.one(Boolean.class, "SELECT to_regclass('archive.orders') IS NULL")).isTrue();

            db.execute("DROP TRIGGER stay ON orders");
            neap.runs().run(InProcess.change(yaml), neap.watcher());
            everyRowIsInExactlyOne(db, 1_000);
            assertThat(db.list(
                    String.class,
                    """
                            SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' !' ELSE '' END
                            FROM pg_attribute WHERE attrelid = 'archive.orders'::regclass AND attnum > 0 ORDER BY attnum"""))
                    .containsExactly(
                            "id bigint !", "note text !", "total numeric(12,2)", "taxed numeric", "number bigint !",
                            "By text", "archived_at timestamp with time zone !");
            assertThat(db.list(String.class, "SELECT conname FROM pg_constraint WHERE contype = 'p'"
                    + " AND conrelid = 'archive.orders'::regclass")).hasSize(1);
            // It is there now, and holds rows.
            neap.runs().rollback(new ChangeName("move-away"), neap.watcher());
            everyRowIsInExactlyOne(db, 1_000);
        }
    }

    private static TestDatabase orders(TestServer server, int rows) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL, total numeric(12, 2),"
                                + " taxed numeric GENERATED ALWAYS AS (total * 2) STORED)",
                        "INSERT INTO orders SELECT i, 'order ' || i, i / 3.0 FROM generate_series(1, %d) i"
                                .formatted(rows),
                        "CREATE SCHEMA archive",
                        "CREATE TABLE archive.orders (at timestamptz DEFAULT now(), total numeric, id bigint PRIMARY KEY,"
                                + " note varchar)",
                        "ANALYZE orders");
    }

    private NeapProcess run(TestDatabase db, Path file) {
        return NeapProcess.start(directory, "run", file.toString(), "--url", db.uri(), "--user", db.user());
    }

    private static long chunks(TestDatabase db) {
        return db.one(Boolean.class, "SELECT to_regclass('neap.checkpoint') IS NOT NULL")
                ? db.one(Long.class, "SELECT coalesce(sum(seq), 0) FROM neap.checkpoint")
                : 0;
    }

    private static void everyRowIsInExactlyOne(TestDatabase db) {
        everyRowIsInExactlyOne(db, ROWS);
    }

    private static void everyRowIsInExactlyOne(TestDatabase db, int rows) {
        assertThat(db.rows(
                """
                        SELECT i, count(o.id) FROM generate_series(1, %d) AS i
                          LEFT JOIN (SELECT id, note, total FROM orders
                                     UNION ALL SELECT id, note, total FROM archive.orders) AS o
                            ON o.id = i AND o.note = 'order ' || i AND o.total = round(i / 3.0, 2)
                        GROUP BY i HAVING count(o.id) <> 1 LIMIT 10"""
                        .formatted(rows)))
                .isEmpty();
    }
}
