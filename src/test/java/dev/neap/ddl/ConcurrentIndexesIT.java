package dev.neap.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.catalog.Fact;
import dev.neap.ddl.DdlExecutor.Result;
import dev.neap.pace.Stopped;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TableMust;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.Identifier;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Undo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Index builds that break off, wait, and are begun again. */
class ConcurrentIndexesIT {

    private static final DdlStep BUILD = DdlOn.uniqueIndex("t_x_key", "x");

    @ParameterizedTest
    @EnumSource
    void buildsAnewWhatAnEarlierTryLeftInvalid(TestServer server) {
        try (TestDatabase db = withTable(server)) {
            leaveInvalid(db);

            assertThat(new DdlOn(db).execute(BUILD)).isEqualTo(Result.DONE);
            TableMust.of(db, "t").haveValidIndex("t_x_key").haveNoInvalidIndexes();
            assertThat(new DdlOn(db).execute(BUILD)).isEqualTo(Result.FOUND_DONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheDuplicateThatAUniqueIndexMeetsAndLeavesNothing(TestServer server) {
        try (TestDatabase db = withTable(server)) {
            db.execute("INSERT INTO t VALUES (2001, 77)");
            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(BUILD))
                    .withMessageContaining("PostgreSQL refused to build unique index t_x_key on table public.t")
                    .withMessageContaining("Key (x)=(77) is duplicated.")
                    .withMessageContaining("Make those rows different");

            TableMust.of(db, "t").haveNoIndex("t_x_key").haveNoInvalidIndexes();
            assertThat(new DdlOn(db).undo(dropIndex())).isEqualTo(Result.FOUND_DONE);
        }
    }

    @Test
    void succeedsOnceTheDuplicateHasBeenCorrected() {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            db.execute("INSERT INTO t VALUES (2001, 77)");
            assertThatExceptionOfType(DdlFailed.class).isThrownBy(() -> new DdlOn(db).execute(BUILD));
            db.execute("UPDATE t SET x = 2001 WHERE id = 2001");

            assertThat(new DdlOn(db).execute(BUILD)).isEqualTo(Result.DONE);
            TableMust.of(db, "t").haveValidIndex("t_x_key").haveNoInvalidIndexes();
        }
    }

    @Test
    void waitsForAnOldTransactionLongerThanTheShortLockTimeout() throws Exception {
        try (TestDatabase db = withTable(TestServer.NEWEST);
                OtherSession old = OtherSession.open(db, "old", "UPDATE t SET x = x WHERE id = 1")) {
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work = ddl.begin(BUILD);
            awaitPhase(db, "waiting for writers before build");
            long waits = System.nanoTime() + DdlOn.LOCK_TIMEOUT.multipliedBy(2).toNanos();
            Await.until("it has waited a while", () -> System.nanoTime() > waits);
            assertThat(work).isNotDone();
            ddl.awaitWaits(1);
            assertThat(ddl.waits.getFirst())
                    .startsWith("to build unique index t_x_key: waiting for writers before build (0 of 1): pid ")
                    .contains("(postgres, old, idle in transaction), in a transaction for ");
            old.commit();

            assertThat(work.get(30, TimeUnit.SECONDS)).isEqualTo(Result.DONE);
            TableMust.of(db, "t").haveValidIndex("t_x_key").haveNoInvalidIndexes();
        }
    }

    @Test
    void letsWritersWorkWhileItWaits() {
        try (TestDatabase db = withTable(TestServer.NEWEST);
                OtherSession old = OtherSession.open(db, "old", "UPDATE t SET x = x WHERE id = 1")) {
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work = ddl.begin(BUILD);
            awaitPhase(db, "waiting for writers before build");
            db.execute(
                    "SET lock_timeout = '100ms'; UPDATE t SET x = x WHERE id = 2; INSERT INTO t VALUES (3000, 3000)");
            old.commit();
            assertThat(work.join()).isEqualTo(Result.DONE);
        }
    }

    @Test
    void isCancelledByAStopAndFinishedByALaterRun() {
        try (TestDatabase db = withTable(TestServer.NEWEST);
                OtherSession old = OtherSession.open(db, "old", "UPDATE t SET x = x WHERE id = 1")) {
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work = ddl.begin(BUILD);
            awaitPhase(db, "waiting for writers before build");
            ddl.stop.raise();

            assertThat(DdlOn.failure(work, Duration.ofSeconds(5))).isInstanceOf(Stopped.class);
            assertThat(db.list(String.class, "SELECT query FROM pg_stat_activity WHERE state = 'active'"
                    + " AND query LIKE 'CREATE UNIQUE%'"))
                    .isEmpty();
            old.commit();

            assertThat(new DdlOn(db).execute(BUILD)).isEqualTo(Result.DONE);
            TableMust.of(db, "t").haveValidIndex("t_x_key").haveNoInvalidIndexes();
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForTheSessionThatIsBuildingTheIndexAndDoesNotDropIt(TestServer server) throws Exception {
        try (TestDatabase db = withTable(server);
                OtherSession old = OtherSession.open(db, "old", "UPDATE t SET x = x WHERE id = 1")) {
            CompletableFuture<TestDatabase> builder = Background.begin(() -> db.execute(BUILD.sql().getFirst()));
            awaitPhase(db, "waiting for writers before build");
            long oid = db.one(Long.class, "SELECT 't_x_key'::regclass::oid");
            DdlOn ddl = new DdlOn(db);
            CompletableFuture<Result> work = ddl.begin(BUILD);
            ddl.awaitWaits(2);
            assertThat(ddl.waits)
                    .allSatisfy(reason -> assertThat(reason)
                            .contains("is building index t_x_key: waiting for writers before build"));
            old.commit();
            builder.get(30, TimeUnit.SECONDS);

            assertThat(work.get(30, TimeUnit.SECONDS)).isEqualTo(Result.DONE);
            assertThat(db.one(Long.class, "SELECT 't_x_key'::regclass::oid")).isEqualTo(oid);
            TableMust.of(db, "t").haveValidIndex("t_x_key");
        }
    }

    @Test
    void neverDropsAnInvalidIndexOfThatNameOnAnotherTable() {
        try (TestDatabase db = withTable(TestServer.NEWEST)) {
            db.execute("CREATE TABLE other (x int)", "INSERT INTO other VALUES (1), (1)");
            assertThatThrownBy(() -> db.execute("CREATE UNIQUE INDEX CONCURRENTLY t_x_key ON other (x)")).isNotNull();

            assertThatExceptionOfType(DdlFailed.class)
                    .isThrownBy(() -> new DdlOn(db).execute(BUILD))
                    .withMessageContaining("relation \"t_x_key\" already exists");
            assertThat(db.list(String.class, "SELECT indrelid::regclass::text FROM pg_index WHERE NOT indisvalid"))
                    .isEqualTo(List.of("other"));
        }
    }

    private static Undo dropIndex() {
        return new Undo(
                "drop index t_x_key",
                List.of("DROP INDEX CONCURRENTLY public.t_x_key"),
                Lock.SHARE_UPDATE_EXCLUSIVE,
                Conduct.CONCURRENT,
                new Fact.HasIndex(new Identifier("t_x_key")).negated());
    }

    private static void leaveInvalid(TestDatabase db) {
        db.execute("INSERT INTO t VALUES (2001, 77)");
        assertThatThrownBy(() -> db.execute(BUILD.sql().getFirst())).hasMessageContaining("duplicated");
        db.execute("DELETE FROM t WHERE id = 2001");
        assertThat(db.one(Long.class, "SELECT count(*) FROM pg_index WHERE NOT indisvalid")).isEqualTo(1);
    }

    private static void awaitPhase(TestDatabase db, String phase) {
        Await.until("a build is " + phase, () -> db.one(
                Long.class,
                "SELECT count(*) FROM pg_stat_progress_create_index WHERE datname = current_database() AND phase = ?",
                phase) == 1);
    }

    private static TestDatabase withTable(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE t (id int PRIMARY KEY, x int)",
                        "INSERT INTO t SELECT i, i FROM generate_series(1, 1000) i");
    }
}
