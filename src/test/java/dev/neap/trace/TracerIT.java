package dev.neap.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.step.Work;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Rows of facts/postgres-locks.md, read by the tracer from real statements. */
class TracerIT {

    private static final QualifiedName T = QualifiedName.of("public", "t");
    private static final QualifiedName PARENT = QualifiedName.of("public", "parent");
    private static final QualifiedName PARTED = QualifiedName.of("public", "parted");

    private record Case(String sql, Lock lock, Work work) {}

    private static final List<Case> CASES = List.of(
            new Case("ALTER TABLE t ADD COLUMN y int DEFAULT 7", Lock.ACCESS_EXCLUSIVE, Work.CATALOG),
            new Case("ALTER TABLE t ADD COLUMN y uuid DEFAULT gen_random_uuid()", Lock.ACCESS_EXCLUSIVE, Work.REWRITE),
            new Case("ALTER TABLE t ADD COLUMN y bigserial", Lock.ACCESS_EXCLUSIVE, Work.REWRITE),
            new Case("ALTER TABLE t ADD COLUMN y int CHECK (y > 0)", Lock.ACCESS_EXCLUSIVE, Work.SCAN),
            new Case("ALTER TABLE t ALTER COLUMN x SET NOT NULL", Lock.ACCESS_EXCLUSIVE, Work.SCAN),
            new Case("ALTER TABLE t ALTER COLUMN x TYPE bigint", Lock.ACCESS_EXCLUSIVE, Work.REWRITE),
            new Case("ALTER TABLE t ALTER COLUMN v TYPE varchar(20)", Lock.ACCESS_EXCLUSIVE, Work.CATALOG),
            new Case("ALTER TABLE t ALTER COLUMN v TYPE varchar(5)", Lock.ACCESS_EXCLUSIVE, Work.REWRITE),
            new Case("ALTER TABLE t ADD CHECK (x > 0) NOT VALID", Lock.ACCESS_EXCLUSIVE, Work.CATALOG),
            new Case("ALTER TABLE t VALIDATE CONSTRAINT loose", Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN),
            new Case("CREATE INDEX ON t (x)", Lock.SHARE, Work.INDEX_BUILD),
            new Case("ALTER TABLE t ADD UNIQUE (x)", Lock.ACCESS_EXCLUSIVE, Work.INDEX_BUILD),
            new Case("ALTER TABLE t ADD UNIQUE USING INDEX t_x_idx", Lock.ACCESS_EXCLUSIVE, Work.CATALOG),
            new Case("DROP INDEX t_x_idx", Lock.ACCESS_EXCLUSIVE, Work.CATALOG),
            new Case("REINDEX INDEX t_x_idx", Lock.ACCESS_EXCLUSIVE, Work.INDEX_BUILD),
            new Case("ALTER INDEX t_x_idx RENAME TO t_y_idx", Lock.SHARE_UPDATE_EXCLUSIVE, Work.CATALOG),
            new Case("CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g()", Lock.SHARE_ROW_EXCLUSIVE,
                    Work.CATALOG),
            new Case("CREATE OR REPLACE FUNCTION h() RETURNS int LANGUAGE sql AS 'SELECT 1'", Lock.NONE, Work.CATALOG),
            new Case("ALTER TABLE t SET (fillfactor = 70)", Lock.SHARE_UPDATE_EXCLUSIVE, Work.CATALOG),
            new Case("ALTER TABLE t SET UNLOGGED", Lock.ACCESS_EXCLUSIVE, Work.REWRITE),
            new Case("TRUNCATE t", Lock.ACCESS_EXCLUSIVE, Work.REWRITE),
            new Case("INSERT INTO t VALUES (-1)", Lock.ROW_EXCLUSIVE, Work.CATALOG),
            new Case("CREATE TABLE u AS SELECT * FROM t", Lock.ACCESS_SHARE, Work.SCAN),
            new Case("CREATE TABLE u (id int PRIMARY KEY)", Lock.NONE, Work.CATALOG));

    @ParameterizedTest
    @EnumSource
    void readsLockAndWorkOfEachStatementAlsoOnAnEmptyTable(TestServer server) {
        for (boolean empty : new boolean[]{false, true}) {
            try (TestDatabase db = withTables(server)) {
                if (empty) {
                    db.execute("TRUNCATE t");
                }
                for (Case expected : CASES) {
                    Footprint footprint = Traced.of(db, expected.sql());
                    assertThat(new Case(expected.sql(), footprint.lock(T), footprint.work(T))).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheOtherTablesToo(TestServer server) {
        try (TestDatabase db = withTables(server)) {
            Footprint added = Traced.of(
                    db, "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES parent NOT VALID");
            assertThat(added.lock(T)).isEqualTo(Lock.SHARE_ROW_EXCLUSIVE);
            assertThat(added.lock(PARENT)).isEqualTo(Lock.SHARE_ROW_EXCLUSIVE);
            db.execute("ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES parent NOT VALID");

            Footprint validated = Traced.of(db, "ALTER TABLE t VALIDATE CONSTRAINT f");
            assertThat(validated.lock(T)).isEqualTo(Lock.SHARE_UPDATE_EXCLUSIVE);
            assertThat(validated.lock(PARENT)).isEqualTo(Lock.ROW_SHARE);

            Footprint dropped = Traced.of(db, "ALTER TABLE t DROP CONSTRAINT f");
            assertThat(dropped.lock(PARENT)).isEqualTo(Lock.ACCESS_EXCLUSIVE);
            assertThat(dropped.work(PARENT)).isEqualTo(Work.CATALOG);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsAPartitionAsPartOfItsParent(TestServer server) {
        try (TestDatabase db = withTables(server)) {
            Footprint footprint = Traced.of(db, "ALTER TABLE parted ALTER COLUMN x SET NOT NULL");
            assertThat(footprint.lock(PARTED)).isEqualTo(Lock.ACCESS_EXCLUSIVE);
            assertThat(footprint.work(PARTED)).isEqualTo(Work.SCAN);
            assertThat(footprint.that(Deed.SCANNED))
                    .extracting(Trace::words)
                    .containsExactly("table public.parted_1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsThingsAsTheyWereCalledBefore(TestServer server) {
        try (TestDatabase db = withTables(server)) {
            Footprint footprint = Traced.of(db, "ALTER TABLE t RENAME TO u", "DROP TABLE parent",
                    "CREATE TABLE new ()");
            assertThat(footprint.lock(T)).isEqualTo(Lock.ACCESS_EXCLUSIVE);
            assertThat(footprint.that(Deed.DROPPED))
                    .extracting(Trace::words)
                    .containsExactlyInAnyOrder("table public.parent", "index public.parent_pkey");
            assertThat(footprint.that(Deed.CREATED)).extracting(Trace::words).containsExactly("table public.new");
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsNoScanThatTheSessionMadeBefore(TestServer server) {
        try (TestDatabase db = withTables(server)) {
            SingleConnectionDataSource session = new SingleConnectionDataSource(db.connect(), true);
            try {
                JdbcClient.create(session).sql("SELECT count(*) FROM t").query().listOfRows();
                assertThat(Traced.on(session, "LOCK TABLE t IN SHARE MODE").work(T)).isEqualTo(Work.CATALOG);
            } finally {
                session.destroy();
            }
        }
    }

    private static TestDatabase withTables(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE t (id int PRIMARY KEY, x int, v varchar(10))",
                        "ALTER TABLE t ADD CONSTRAINT loose CHECK (x >= 0) NOT VALID",
                        "INSERT INTO t SELECT i, i, i FROM generate_series(1, 100) i",
                        "CREATE UNIQUE INDEX t_x_idx ON t (x)",
                        "CREATE TABLE parent (id int PRIMARY KEY)",
                        "INSERT INTO parent SELECT generate_series(1, 100)",
                        "CREATE TABLE parted (id int, x int) PARTITION BY RANGE (id)",
                        "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (1000)",
                        "INSERT INTO parted SELECT i, i FROM generate_series(1, 100) i",
                        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
    }
}
