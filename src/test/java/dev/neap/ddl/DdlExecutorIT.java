package dev.neap.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.catalog.Fact;
import dev.neap.ddl.DdlExecutor.Result;
import dev.neap.jdbc.SqlState;
import dev.neap.pace.Stopped;
import dev.neap.postgres.Await;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.OwnServer;
import dev.neap.postgres.TableMust;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of structure on a table that others are using. */
class DdlExecutorIT {

    /** What a busy machine may add to a wait that PostgreSQL ended. */
    private static final Duration SLACK = Duration.ofMillis(700);

    @ParameterizedTest
    @EnumSource
    void letsReadersThroughWhileItWaitsAndIsDoneWhenTheLockGoes(TestServer server) throws Exception {
        try (TestDatabase db = withTable(server);
                OtherSession report = OtherSession.open(db, "nightly report", "SELECT count(*) FROM t")) {
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work;
            try (Readers readers = new Readers(db, "SELECT x FROM t WHERE id = 7", 2)) {
                work = ddl.begin(DdlOn.addColumn("y"));
                ddl.awaitWaits(3);
                report.commit();

                assertThat(work.get(20, TimeUnit.SECONDS)).isEqualTo(Result.DONE);
                readers.close();
                assertThat(readers.errors()).isEmpty();
                assertThat(readers.longest()).isBetween(Duration.ofMillis(100), DdlOn.LOCK_TIMEOUT.plus(SLACK));
            }
            assertThat(ddl.waits)
                    .allSatisfy(reason -> assertThat(reason).startsWith("to add column y: the lock on public.t"))
                    .anySatisfy(reason -> assertThat(reason)
                            .contains("pid " + report.pid() + " (postgres, nightly report, idle in transaction)")
                            .contains("AccessShareLock"));
            TableMust.of(db, "t").haveColumn("y", "text");
        }
    }

    /** The lock_timeout is so long that readers who waited for all of it would be seen whatever else the machine does. */
    @Test
    void doesNotKeepReadersOfOneTableWaitingForTheLockOnAnother() throws Exception {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            db.execute(
                    "CREATE TABLE other (id bigint PRIMARY KEY)",
                    "ALTER TABLE t ADD CONSTRAINT to_other FOREIGN KEY (id) REFERENCES other NOT VALID");
            DdlOn ddl = new DdlOn(
                    db, new LockPolicy(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1)));
            DdlStep drop = DdlStep.catalogOnly(
                    Phase.EXPAND,
                    "drop-constraint",
                    "drop constraint to_other",
                    new Fact.HasConstraint(new Identifier("to_other")).negated(),
                    "ALTER TABLE public.t DROP CONSTRAINT to_other")
                    .alsoLocking(QualifiedName.of("public", "other"), Lock.ACCESS_EXCLUSIVE);
            CompletableFuture<Result> work;
            try (OtherSession report = OtherSession.open(db, "nightly report", "SELECT count(*) FROM other");
                    Readers readers = new Readers(db, "SELECT x FROM t WHERE id = 7", 2)) {
                work = ddl.begin(drop);
                ddl.awaitWaits(2);
                report.commit();

                assertThat(work.get(20, TimeUnit.SECONDS)).isEqualTo(Result.DONE);
                readers.close();
                assertThat(readers.errors()).isEmpty();
                assertThat(readers.longest()).isLessThan(Duration.ofSeconds(10));
                assertThat(ddl.waits).first().asString().contains("nightly report", "AccessShareLock on other");
            }
        }
    }

    /** Whoever holds what an autovacuum would hold is taken for one, and LOCK TABLE asks for more than the step needs. */
    @Test
    void takesNoLockAheadThatItsRoleMayNotTakeOrThatIsNoTables() throws Exception {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            String role = db.newRole();
            db.execute(
                    "CREATE TABLE other (id int PRIMARY KEY)",
                    "ALTER TABLE t ADD CONSTRAINT to_other FOREIGN KEY (x) REFERENCES other NOT VALID",
                    "CREATE INDEX t_x ON t (x)",
                    "ALTER TABLE t OWNER TO " + role);
            DdlOn ddl = new DdlOn(
                    db.dataSource(role),
                    new LockPolicy(DdlOn.LOCK_TIMEOUT, Duration.ofMinutes(1), Duration.ofMinutes(1)));
            DdlStep drop = DdlStep.catalogOnly(
                    Phase.EXPAND,
                    "drop-both",
                    "drop constraint to_other and index t_x",
                    new Fact.HasConstraint(new Identifier("to_other")).negated(),
                    "ALTER TABLE public.t DROP CONSTRAINT to_other",
                    "DROP INDEX public.t_x")
                    .alsoLocking(QualifiedName.of("public", "other"), Lock.ACCESS_EXCLUSIVE)
                    .alsoLocking(QualifiedName.of("public", "t_x"), Lock.ACCESS_EXCLUSIVE);
            try (OtherSession keeper = OtherSession.open(
                    db, "keeper", "LOCK TABLE other IN SHARE UPDATE EXCLUSIVE MODE",
                    "ALTER INDEX t_x SET (fillfactor = 80)")) {
                CompletableFuture<Result> work = ddl.begin(drop);
                ddl.awaitWaits(3);
                keeper.commit();

                assertThat(work.get(20, TimeUnit.SECONDS)).isEqualTo(Result.DONE);
            }
            TableMust.of(db, "t").haveNoIndex("t_x");
        }
    }

    /** One that works for minutes, since it sleeps after every page. */
    @ParameterizedTest
    @EnumSource
    void getsPastAnAutovacuumThatItsShortLockTimeoutWouldNeverOutwait(TestServer version, @TempDir Path directory) {
        try (OwnServer server = OwnServer.in(directory, version, Map.of("autovacuum_naptime", "1s"))) {
            TestDatabase db = TestDatabase.on(server)
                    .execute(
                            "CREATE TABLE t (id int PRIMARY KEY, x int) WITH (autovacuum_vacuum_threshold = 1,"
                                    + " autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 100,"
                                    + " autovacuum_vacuum_cost_limit = 1)",
                            "INSERT INTO t SELECT i, i FROM generate_series(1, 100000) i",
                            "UPDATE t SET x = x + 1");
            Await.until("an autovacuum is at table t", () -> db.one(
                    Boolean.class,
                    "SELECT EXISTS (SELECT FROM pg_stat_progress_vacuum WHERE relid = 't'::regclass)"));
            DdlOn ddl = new DdlOn(
                    db, new LockPolicy(Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofMinutes(1)));

            assertThat(ddl.execute(DdlOn.addColumn("y"))).isEqualTo(Result.DONE);
            assertThat(ddl.waits).first().asString().contains("autovacuum worker", "ShareUpdateExclusiveLock");
            TableMust.of(db, "t").haveColumn("y", "text");
        }
    }

    @Test
    void givesUpWithObjectFactAndRemedyWhenTheLockIsNeverGranted() {
        try (TestDatabase db = withTable(TestServer.NEWEST);
                OtherSession report = OtherSession.open(db, "nightly report", "SELECT count(*) FROM t")) {
            DdlOn ddl = new DdlOn(
                    db, new LockPolicy(Duration.ofMillis(50), Duration.ofMillis(600), Duration.ofMinutes(1)));

            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> ddl.execute(DdlOn.addColumn("y")))
                    .withMessageContaining("To add column y needs lock ACCESS EXCLUSIVE on table public.t")
                    .withMessageContaining("nightly report")
                    .withMessageContaining("pid " + report.pid())
                    .withMessageContaining("run the change again");
            TableMust.of(db, "t").haveNoColumn("y");
        }
    }

    @Test
    void mayRunTwiceAndSkipsWhatIsSo() {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            DdlOn ddl = new DdlOn(db);

            assertThat(ddl.execute(DdlOn.addColumn("y"))).isEqualTo(Result.DONE);
            assertThat(ddl.execute(DdlOn.addColumn("y"))).isEqualTo(Result.FOUND_DONE);
            TableMust.of(db, "t").haveExactlyColumns("id", "x", "y");
        }
    }

    @Test
    void waitsForWhoeverHoldsTheTableExclusively() throws Exception {
        try (TestDatabase db = withTable(TestServer.NEWEST);
                OtherSession owner = OtherSession.open(db, "owner", "LOCK TABLE t IN ACCESS EXCLUSIVE MODE")) {
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work = ddl.begin(DdlOn.addColumn("y"));
            ddl.awaitWaits(1);
            owner.commit();

            assertThat(work.get(20, TimeUnit.SECONDS)).isEqualTo(Result.DONE);
            assertThat(ddl.waits).first().asString().contains("owner", "AccessExclusiveLock");
        }
    }

    @Test
    void cutsOffAStepThatWouldRewriteTheTableAndDoesNotTryItAgain() {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            DdlStep slow = DdlStep.catalogOnly(
                    Phase.EXPAND,
                    "change-type",
                    "change the type of x",
                    new Fact.Never(),
                    "ALTER TABLE t ALTER COLUMN x TYPE text USING x::text || pg_sleep(0.05)::text");
            long file = db.one(Long.class, "SELECT pg_relation_filenode('t')");
            DdlOn ddl = new DdlOn(db);

            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> ddl.execute(slow))
                    .withMessageContaining("change the type of x")
                    .withMessageContaining("table public.t")
                    .withMessageContaining("cut off");
            assertThat(ddl.waits).isEmpty();
            assertThat(db.one(Long.class, "SELECT pg_relation_filenode('t')")).isEqualTo(file);
            TableMust.of(db, "t").haveColumn("x", "integer");
        }
    }

    @Test
    void stopsAtOnceWhileItWaits() {
        try (TestDatabase db = withTable(TestServer.NEWEST);
                OtherSession report = OtherSession.open(db, "report", "SELECT count(*) FROM t")) {
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work = ddl.begin(DdlOn.addColumn("y"));
            ddl.awaitWaits(2);
            ddl.stop.raise();

            assertThat(DdlOn.failure(work, DdlOn.LOCK_TIMEOUT.plus(SLACK))).isInstanceOf(Stopped.class);
            TableMust.of(db, "t").haveNoColumn("y");
            report.commit();
        }
    }

    @Test
    void stopsInTheMiddleOfALongScan() {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work = ddl.begin(scan());
            awaitScan(db);
            ddl.stop.raise();

            assertThat(DdlOn.failure(work, Duration.ofSeconds(5))).isInstanceOf(Stopped.class);
        }
    }

    @Test
    void neverBeginsALongStatementOnceItWasAskedToStop() {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            DdlOn ddl = new DdlOn(db);
            ddl.stop.raise();

            assertThatExceptionOfType(Stopped.class).isThrownBy(() -> ddl.execute(scan()));
        }
    }

    @Test
    void takesARestartOfTheServerForAnOutageAndNotForAFailure(@TempDir Path directory) {
        try (OwnServer server = OwnServer.in(directory, TestServer.NEWEST, Map.of())) {
            TestDatabase db = withTable(TestDatabase.on(server));
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work = ddl.begin(scan());
            awaitScan(db);
            server.stopImmediate();

            Throwable failure = DdlOn.failure(work, Duration.ofSeconds(10));
            assertThat(failure).isNotInstanceOf(DdlFailed.class);
            assertThat(SqlState.of(failure)).isEqualTo(SqlState.OUTAGE);
            assertThat(SqlState.of(DdlOn.failure(ddl.begin(DdlOn.addColumn("y")), Duration.ofSeconds(20))))
                    .isEqualTo(SqlState.OUTAGE);

            server.start();
            assertThat(ddl.execute(DdlOn.addColumn("y"))).isEqualTo(Result.DONE);
        }
    }

    @Test
    void namesTheRowThatBreaksAConstraint() {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            DdlStep step = DdlStep.catalogOnly(
                    Phase.CONSTRAIN,
                    "check",
                    "check that x is small",
                    new Fact.Never(),
                    "ALTER TABLE t ADD CHECK (x < 200)");

            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(step))
                    .withMessageContaining("PostgreSQL refused to check that x is small on table public.t")
                    .withMessageContaining("(SQLSTATE 23514)")
                    .withMessageContaining("Correct the rows that break it");
        }
    }

    @Test
    void saysThatTheTableIsGone() {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            db.execute("DROP TABLE t");
            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(DdlOn.addColumn("y")))
                    .withMessageContaining("Table public.t is gone");
            db.execute("CREATE VIEW t AS SELECT 1 AS id");
            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(DdlOn.addColumn("y")))
                    .withMessageContaining("public.t is a view now");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesBackAStepThatLocksMoreThanItsPlanSays(TestServer server) {
        try (TestDatabase db = withTable(server)) {
            DdlStep liar = DdlOn.addColumn("y").under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.CATALOG);

            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(liar))
                    .withMessageContaining("To add column y on table public.t did more than its plan says")
                    .withMessageContaining("nothing was changed")
                    .withMessageContaining("holds lock ACCESS EXCLUSIVE on table public.t")
                    .withMessageContaining("says no more than SHARE UPDATE EXCLUSIVE");
            TableMust.of(db, "t").haveExactlyColumns("id", "x");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesBackAStepThatRewritesTheTableWhereThePlanSaysCatalog(TestServer server) {
        try (TestDatabase db = withTable(server)) {
            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(lying("ALTER TABLE t ALTER COLUMN x TYPE bigint")))
                    .withMessageContaining("It writes every row and all indexes anew of table public.t");
            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(lying("ALTER TABLE t ALTER COLUMN x SET NOT NULL")))
                    .withMessageContaining("It reads every row of table public.t under lock ACCESS EXCLUSIVE");
            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(lying("CREATE INDEX ON t (x)")))
                    .withMessageContaining("builds an index of index public.t_x_idx");
            TableMust.of(db, "t").haveColumn("x", "integer").haveNoIndex("t_x_idx");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesBackAStepThatLocksAnotherTableUnlessItIsPlanned(TestServer server) {
        try (TestDatabase db = withTable(server).execute("CREATE TABLE parent (id int PRIMARY KEY)")) {
            DdlStep key = lying("ALTER TABLE t ADD FOREIGN KEY (x) REFERENCES parent NOT VALID");

            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(key))
                    .withMessageContaining("SHARE ROW EXCLUSIVE on table public.parent")
                    .withMessageContaining("the plan does not name that relation");
            assertThat(new DdlOn(db).execute(
                    key.alsoLocking(QualifiedName.of("public", "parent"), Lock.SHARE_ROW_EXCLUSIVE)))
                    .isEqualTo(Result.DONE);
        }
    }

    @Test
    void letsAnEventTriggerWriteItsLog() {
        try (TestDatabase db = withTable(TestServer.NEWEST)
                .execute(
                        "CREATE TABLE log (tag text)",
                        "CREATE FUNCTION log() RETURNS event_trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN INSERT INTO log VALUES (tg_tag); END'",
                        "CREATE EVENT TRIGGER log ON ddl_command_end EXECUTE FUNCTION log()")) {
            assertThat(new DdlOn(db).execute(DdlOn.addColumn("y"))).isEqualTo(Result.DONE);
            assertThat(db.list(String.class, "SELECT tag FROM log")).containsExactly("ALTER TABLE");
        }
    }

    private static DdlStep lying(String sql) {
        return DdlStep.catalogOnly(Phase.EXPAND, "lie", "change the catalog only", new Fact.Never(), sql);
    }

    private static DdlStep scan() {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN, "scan", "read every row", new Fact.Never(), "SELECT pg_sleep(60) FROM t LIMIT 1")
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
    }

    private static void awaitScan(TestDatabase db) {
        Await.until("the scan runs", () -> db.one(
                Boolean.class,
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%')"));
    }

    private static TestDatabase withTable(TestServer server) {
        return withTable(TestDatabase.on(server));
    }

    private static TestDatabase withTable(TestDatabase db) {
        return db.execute(
                "CREATE TABLE t (id int PRIMARY KEY, x int)",
                "INSERT INTO t SELECT i, i FROM generate_series(1, 1000) i");
    }
}
