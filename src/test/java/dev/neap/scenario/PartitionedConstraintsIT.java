package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.plan.Refused;
import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Indexes and constraints of a partitioned table, at two depths, each partition prepared by itself. */
class PartitionedConstraintsIT {

    private static final ChangeName NAME = new ChangeName("parted");

    private static final String YAML = """
            change: parted
            table: public.t
            operations:
              - create_index: {name: t_word_idx, columns: [lower(word)]}
              - add_unique: {name: t_word_key, columns: [word, k], include: [id]}
              - add_primary_key: {columns: [id, k]}
              - add_foreign_key:
                  name: t_p_fkey
                  columns: [p]
                  references: {table: public.p, columns: [id]}
                  index: true
              - add_check: {name: t_k_check, check: k > 0}
              - drop_index: {name: t_old_idx}
            """;

    @ParameterizedTest
    @EnumSource
    void areWhatPlainStatementsWouldMakeAndGoAgain(TestServer server) {
        try (TestDatabase db = prepared(server);
                TestDatabase twin = prepared(server);
                InProcess neap = InProcess.on(db)) {
            twin.execute(
                    "CREATE INDEX t_word_idx ON t (lower(word)); DROP INDEX t_old_idx",
                    "ALTER TABLE t ADD CONSTRAINT t_word_key UNIQUE (word, k) INCLUDE (id), ADD PRIMARY KEY (id, k)",
                    "CREATE INDEX t_p_idx ON t (p)",
                    "ALTER TABLE t ADD CONSTRAINT t_p_fkey FOREIGN KEY (p) REFERENCES p (id),"
                            + " ADD CONSTRAINT t_k_check CHECK (k > 0)");
            List<String> before = CatalogDump.of(db, "public.t");

            neap.runs().run(InProcess.change(YAML), neap.watcher());
            assertThat(CatalogDump.of(db, "public.t")).isEqualTo(CatalogDump.of(twin, "public.t"));
            for (String part : List.of("t1", "t2", "t2a")) {
                assertThat(constraints(db, part)).as(part).isEqualTo(constraints(twin, part));
            }

            neap.runs().rollback(NAME, neap.watcher());
            assertThat(CatalogDump.of(db, "public.t")).isEqualTo(before);
            try (TestDatabase untouched = prepared(server)) {
                for (String part : List.of("t1", "t2", "t2a")) {
                    assertThat(constraints(db, part)).as(part).isEqualTo(constraints(untouched, part));
                }
            }
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void showTheRowsThatStandAgainstThem(TestServer server) {
        try (TestDatabase db = prepared(server);
                InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "public.t");
            db.execute("UPDATE t SET p = 99 WHERE id = 6");
            assertThatThrownBy(() -> neap.runs().run(InProcess.change(YAML), neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("Rows without their row in public.p (1)")
                    .hasMessageContaining("with (p)=(99)");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(CatalogDump.of(db, "public.t")).isEqualTo(before);

            assertThatThrownBy(() -> neap.runs().run(InProcess.change(YAML), neap.watcher()))
                    .isInstanceOf(RunFailed.class);
            db.execute("UPDATE t SET p = 1 WHERE id = 6");
            assertThat(neap.runs().run(InProcess.change(YAML), neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
        }
    }

    private static String dropped(String name) {
        return """
                change: parted
                table: public.t
                operations:
                  - drop_constraint: {name: %s}
                """.formatted(name);
    }

    @ParameterizedTest
    @EnumSource
    void aForeignKeyThatWasDroppedIsMadeAgain(TestServer server) {
        try (TestDatabase db = prepared(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "ALTER TABLE t ADD CONSTRAINT t_p_fkey FOREIGN KEY (p) REFERENCES p ON DELETE SET NULL DEFERRABLE",
                    "COMMENT ON CONSTRAINT t_p_fkey ON t IS 'who it belongs to'");
            Map<String, List<String>> before = all(db);

            neap.runs().run(InProcess.change(dropped("t_p_fkey")), neap.watcher());
            assertThat(constraints(db, "t2a")).noneMatch(text -> text.contains("FOREIGN KEY"));
            db.execute("UPDATE t SET p = 99 WHERE id = 6");
            assertThatThrownBy(() -> neap.runs().rollback(NAME, neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("Rows without their row in public.p (1)")
                    .hasMessageContaining("with (p)=(99)");

            db.execute("UPDATE t SET p = 1 WHERE id = 6");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(all(db)).isEqualTo(before);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackLeavesPartitionsAloneThatAreGoneAndWantsTheKeyOfThoseThatAreNew(TestServer server) {
        try (TestDatabase db = prepared(server);
                InProcess neap = InProcess.on(db)) {
            neap.runs()
                    .run(InProcess.change(YAML.replaceAll("(?m)^.*(add_primary_key|drop_index).*\n", "")),
                            neap.watcher());
            neap.runs()
                    .run(
                            InProcess.change(dropped("t_p_fkey").replace("change: parted", "change: later")),
                            neap.watcher());
            db.execute("DROP TABLE t1", "ALTER TABLE t2 DETACH PARTITION t2a");
            List<String> detached = constraints(db, "t2a");
            db.execute("CREATE TABLE t3 PARTITION OF t FOR VALUES IN (3)", "INSERT INTO t VALUES (1, 3, 1)");
            if (server == TestServer.OLDEST) {
                assertThatThrownBy(() -> neap.runs().rollback(new ChangeName("later"), neap.watcher()))
                        .hasMessageContaining("It reads every row of table public.t3");
                db.execute("ALTER TABLE t3 ADD CONSTRAINT t_p_fkey FOREIGN KEY (p) REFERENCES p");
            }

            neap.runs().rollback(new ChangeName("later"), neap.watcher());
            assertThat(constraints(db, "t")).contains("FOREIGN KEY (p) REFERENCES p(id)true0");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(constraints(db, "t")).noneMatch(text -> text.contains("FOREIGN KEY"));
            assertThat(constraints(db, "t2a")).isEqualTo(detached);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForeignKeyFromPartitionsToPartitionsComesAndGoesBothWays(TestServer server) {
        try (TestDatabase db = referencing(server);
                TestDatabase twin = referencing(server);
                InProcess neap = InProcess.on(db)) {
            Map<String, List<String>> without = all(db);
            twin.execute("ALTER TABLE t ADD CONSTRAINT t_w_fkey FOREIGN KEY (p) REFERENCES w (id) ON DELETE CASCADE");
            var change = InProcess.change("""
                    change: parted
                    table: public.t
                    operations:
                      - add_foreign_key:
                          name: t_w_fkey
                          columns: [p]
                          references: {table: public.w, columns: [id]}
                          on_delete: cascade
                    """);

            db.execute("UPDATE t SET p = 999 WHERE id = 6");
            assertThatThrownBy(() -> neap.runs().run(change, neap.watcher()))
                    .hasMessageContaining("Rows without their row in public.w (1)");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(all(db)).isEqualTo(without);
            db.execute("UPDATE t SET p = 6 WHERE id = 6");

            neap.runs().run(change, neap.watcher());
            assertThat(all(db)).isEqualTo(all(twin));
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(all(db)).isEqualTo(without);

            neap.runs().run(change, neap.watcher());
            db.execute("DELETE FROM w WHERE id = 2");
            assertThat(db.one(Long.class, "SELECT count(*) FROM t WHERE p = 2")).isZero();
            neap.runs()
                    .run(
                            InProcess.change(dropped("t_w_fkey").replace("change: parted", "change: later")),
                            neap.watcher());
            assertThat(all(db)).isEqualTo(without);
            neap.runs().rollback(new ChangeName("later"), neap.watcher());
            assertThat(all(db)).isEqualTo(all(twin));
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsDividedKeepsItsForeignKeyToPartitions(TestServer server) {
        try (TestDatabase db = referencing(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE d (id int PRIMARY KEY, w int CONSTRAINT d_w_fkey REFERENCES w ON DELETE CASCADE)",
                    "INSERT INTO d SELECT i, 1 + i % 150 FROM generate_series(1, 300) i");
            List<String> before = constraints(db, "d");
            var change = InProcess.change("""
                    change: parted
                    table: public.d
                    operations:
                      - partition_table: {by: range, key: [id], every: 200, from: 0, to: 400}
                    """);

            assertThat(neap.runs().run(change, neap.watcher()).state()).isEqualTo(RunState.READY);
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(constraints(db, "d")).isEqualTo(before);

            neap.runs().run(change, neap.watcher());
            neap.runs().complete(NAME, neap.watcher());
            assertThat(db.one(
                    String.class,
                    "SELECT relkind::text || pg_get_constraintdef(k.oid) || convalidated FROM pg_class c"
                            + " JOIN pg_constraint k ON k.conrelid = c.oid AND conname = 'd_w_fkey'"
                            + " WHERE c.oid = 'd'::regclass"))
                    .isEqualTo("pFOREIGN KEY (w) REFERENCES w(id) ON DELETE CASCADEtrue");
            db.execute("DELETE FROM w WHERE id = 120");
            assertThat(db.one(Long.class, "SELECT count(*) FROM d WHERE w = 120")).isZero();
            // 14 names the shares of the key after the table, which was the new one then.
            assertThat(Residue.in(db)).allMatch(left -> server == TestServer.OLDEST && left.contains("_w_fkey"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableWithoutPartitionsGetsAForeignKeyAtOnce(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE p (id int PRIMARY KEY)", "CREATE TABLE t (k int, p int) PARTITION BY LIST (k)");
            neap.runs().run(InProcess.change("""
                    change: parted
                    table: public.t
                    operations:
                      - add_foreign_key: {name: t_p_fkey, columns: [p], references: {table: public.p, columns: [id]}}
                    """), neap.watcher());
            assertThat(constraints(db, "t")).containsExactly("FOREIGN KEY (p) REFERENCES p(id)true0");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(constraints(db, "t")).isEmpty();
        }
    }

    /** The shares of 14 are said not to be validated, while the key itself is; see its documentation. */
    @ParameterizedTest
    @EnumSource
    void aForeignKeyFromAnOrdinaryTableToPartitionsIsValidatedAsAWhole(TestServer server) {
        try (TestDatabase db = referencing(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE s (w int)", "INSERT INTO s SELECT 1 + i % 150 FROM generate_series(1, 300) i");
            neap.runs().run(InProcess.change("""
                    change: parted
                    table: public.s
                    operations:
                      - add_foreign_key: {name: s_w_fkey, columns: [w], references: {table: public.w, columns: [id]}}
                    """), neap.watcher());
            assertThat(db.one(Boolean.class, "SELECT convalidated FROM pg_constraint WHERE conname = 's_w_fkey'"))
                    .isTrue();
            assertThat(db.list(
                    Boolean.class,
                    "SELECT convalidated FROM pg_constraint WHERE conrelid = 's'::regclass AND conparentid <> 0"))
                    .hasSize(3)
                    .containsOnly(server == TestServer.NEWEST);
            assertThatThrownBy(() -> db.execute("DELETE FROM w WHERE id = 120"))
                    .hasMessageContaining("violates foreign key");
            assertThatThrownBy(() -> db.execute("INSERT INTO s VALUES (999)"))
                    .hasMessageContaining("violates foreign key");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(constraints(db, "s")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnsForeignKeyToPartitionsGoesWithItWithoutItsShares(TestServer server) {
        try (TestDatabase db = referencing(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE s (id int PRIMARY KEY, w int)",
                    "INSERT INTO s SELECT i, 1 + i % 150 FROM generate_series(1, 300) i",
                    "ALTER TABLE s ADD CONSTRAINT s_w_fkey FOREIGN KEY (w) REFERENCES w NOT VALID",
                    "ALTER TABLE s VALIDATE CONSTRAINT s_w_fkey");
            List<String> before = constraints(db, "s");
            var rename = InProcess.change("""
                    change: parted
                    table: public.s
                    operations:
                      - rename_column: {from: w, to: v}
                    """);
            assertThat(neap.runs().run(rename, neap.watcher()).state()).isEqualTo(RunState.READY);
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(constraints(db, "s")).isEqualTo(before);
            var divide = InProcess.change("""
                    change: later
                    table: public.s
                    operations:
                      - partition_table: {by: hash, key: [id], modulus: 2}
                    """);
            assertThat(neap.runs().run(divide, neap.watcher()).state()).isEqualTo(RunState.READY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnWhoseForeignKeyCanNotBeginAsNotValidIsRefused(TestServer server) {
        try (TestDatabase db = prepared(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("DROP INDEX t_old_idx", "ALTER TABLE t ADD CONSTRAINT t_p_fkey FOREIGN KEY (p) REFERENCES p");
            for (String operation : List.of("rename_column: {from: p, to: q}",
                    "change_type: {column: p, type: bigint}")) {
                var change = InProcess.change(
                        "change: parted\ntable: public.t\noperations:\n  - " + operation + "\n");
                if (server == TestServer.OLDEST) {
                    assertThatThrownBy(() -> neap.runs().run(change, neap.watcher()))
                            .isInstanceOf(Refused.class)
                            .hasMessageContaining("Drop the foreign key first");
                } else {
                    assertThat(neap.runs().run(change, neap.watcher()).state()).isEqualTo(RunState.READY);
                    neap.runs().rollback(NAME, neap.watcher());
                }
            }
        }
    }

    private static Map<String, List<String>> all(TestDatabase db) {
        Map<String, List<String>> all = new TreeMap<>();
        List.of("t1", "t2", "t2a").forEach(part -> all.put(part, constraints(db, part)));
        all.put("t", CatalogDump.of(db, "public.t"));
        return all;
    }

    private static TestDatabase referencing(TestServer server) {
        return prepared(server).execute(
                """
                        CREATE TABLE w (id int PRIMARY KEY) PARTITION BY RANGE (id);
                        CREATE TABLE w1 PARTITION OF w FOR VALUES FROM (0) TO (100);
                        CREATE TABLE w2 PARTITION OF w FOR VALUES FROM (100) TO (200) PARTITION BY RANGE (id);
                        CREATE TABLE w2a PARTITION OF w2 FOR VALUES FROM (100) TO (200);
                        INSERT INTO w SELECT generate_series(1, 150);
                        UPDATE t SET p = 1 + id % 150;""");
    }

    private static List<String> constraints(TestDatabase db, String table) {
        return db.list(
                String.class,
                "SELECT pg_get_constraintdef(oid) || convalidated || coninhcount FROM pg_constraint"
                        + " WHERE conrelid = CAST(? AS regclass) ORDER BY 1",
                "public." + table);
    }

    private static TestDatabase prepared(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        """
                                CREATE TABLE p (id int PRIMARY KEY);
                                INSERT INTO p VALUES (1);
                                CREATE TABLE t (id int, k int NOT NULL, p int, word text) PARTITION BY LIST (k);
                                CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
                                CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2) PARTITION BY RANGE (k);
                                CREATE TABLE t2a (word text, id int, k int NOT NULL, p int);
                                ALTER TABLE t2 ATTACH PARTITION t2a FOR VALUES FROM (2) TO (3);
                                CREATE INDEX t_old_idx ON t (k, p);
                                INSERT INTO t SELECT i, 1 + i % 2, 1, 'word ' || i FROM generate_series(1, 1000) i;""");
    }
}
