package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.util.List;
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

    @ParameterizedTest
    @EnumSource
    void aRollbackLeavesPartitionsAloneThatAreGoneAndWantsTheKeyOfThoseThatAreNew(TestServer server) {
        try (TestDatabase db = prepared(server);
                InProcess neap = InProcess.on(db)) {
            neap.runs()
                    .run(InProcess.change(YAML.replaceAll("(?m)^.*drop_index.*\n", "")),
                            neap.watcher());
            neap.runs()
                    .run(
                            InProcess.change(PartitionedForeignKeysIT.dropped("t_p_fkey")
                                    .replace("change: parted", "change: later")),
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

    static List<String> constraints(TestDatabase db, String table) {
        return db.list(
                String.class,
                "SELECT pg_get_constraintdef(oid) || convalidated || coninhcount FROM pg_constraint"
                        + " WHERE conrelid = CAST(? AS regclass) ORDER BY 1",
                "public." + table);
    }

    static TestDatabase prepared(TestServer server) {
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
