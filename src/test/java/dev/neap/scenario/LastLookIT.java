package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Before an old name is dropped, every row is compared once more. */
class LastLookIT {

    private static final ChangeName RENAME = new ChangeName("mail-to-post");

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void doesNotBeginTheContractWhileARowWouldBeLost(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE users (id bigint PRIMARY KEY, mail text)",
                    "INSERT INTO users SELECT i, 'm' || i FROM generate_series(1, 5000) i");
            assertThat(neap.runs().run(InProcess.change("""
                    change: mail-to-post
                    table: public.users
                    operations:
                      - rename_column: {from: mail, to: post}
                    """), neap.watcher()).state()).isEqualTo(RunState.READY);
            // A load under the role of a logical subscription is followed; one with the triggers disabled is not.
            db.execute("SET session_replication_role = replica; UPDATE users SET mail = 'kept' WHERE id = 1");
            assertThat(db.one(String.class, "SELECT post FROM users WHERE id = 1")).isEqualTo("kept");
            db.execute(
                    "ALTER TABLE users DISABLE TRIGGER USER",
                    "UPDATE users SET mail = 'lost?' WHERE id = 4711",
                    "ALTER TABLE users ENABLE TRIGGER USER");

            assertThatThrownBy(() -> neap.runs().complete(RENAME, neap.watcher()))
                    .isInstanceOfSatisfying(
                            RunFailed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(RunFailed.Reason.STEP_FAILED))
                    .hasMessageStartingWith(
                            "The row with key 4711 of table public.users is not as it must be: column post differs from mail."
                                    + " So the contract has not begun:")
                    .hasMessageEndingWith("Put it right by hand, then complete the change again.");

            assertThat(db.one(String.class, "SELECT state FROM neap.run")).isEqualTo("READY");
            assertThat(db.one(String.class, "SELECT mail FROM users WHERE id = 4711")).isEqualTo("lost?");

            db.execute("UPDATE users SET post = mail WHERE id = 4711");
            assertThat(neap.runs().complete(RENAME, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.one(String.class, "SELECT post FROM users WHERE id = 4711")).isEqualTo("lost?");
        }
    }

    @Test
    void namesARowThatOnlyOneOfBothTablesHas() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE users (id bigint PRIMARY KEY, mail text)",
                    "INSERT INTO users SELECT i, 'm' || i FROM generate_series(1, 50) i");
            neap.runs().run(InProcess.change("""
                    change: mail-to-post
                    table: public.users
                    operations:
                      - partition_table: {by: hash, key: [id], modulus: 2}
                    """), neap.watcher());
            aroundTheTriggers(db, "UPDATE users SET mail = 'x' WHERE id IN (7, 40)");
            String old = db.one(
                    String.class,
                    "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'p'"
                            + " AND conrelid::regclass::text LIKE 'users%old%' LIMIT 1");

            assertThatThrownBy(() -> neap.runs().complete(RENAME, neap.watcher()))
                    .hasMessageStartingWith("The row with key 7 of table public.users is not as it must be, and 1 more"
                            + " after it: table public." + old
                            + " has none that equals it. So the contract has not begun:");

            aroundTheTriggers(db, "UPDATE users SET mail = 'm' || id; DELETE FROM users WHERE id = 12");
            assertThatThrownBy(() -> neap.runs().complete(RENAME, neap.watcher()))
                    .hasMessageStartingWith(
                            "The row with key 12 of table public." + old + " is not as it must be: table"
                                    + " public.users has none that equals it.");
        }
    }

    private static void aroundTheTriggers(TestDatabase db, String sql) {
        db.execute("ALTER TABLE users DISABLE TRIGGER USER", sql, "ALTER TABLE users ENABLE TRIGGER USER");
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void canBeRolledBackWhenTheContractFailsBeforeItChangesAnything(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE users (id bigint PRIMARY KEY, mail text)");
            neap.runs().run(InProcess.change("""
                    change: mail-to-post
                    table: public.users
                    operations:
                      - add_column: {name: post, type: text, from: lower(mail)}
                    contract:
                      - drop_column: {name: mail}
                    irreversible: {backup: none, retention: none, approval: a test}
                    """), neap.watcher());
            // Made after the change was planned: Neap never cascades.
            db.execute("CREATE VIEW letters AS SELECT mail FROM users");

            assertThatThrownBy(() -> neap.runs().complete(RENAME, neap.watcher()))
                    .hasMessageContaining("depend");

            assertThat(db.one(String.class, "SELECT state FROM neap.run")).isEqualTo("READY");
            assertThat(neap.runs().rollback(RENAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void onlyCompletesOnceSomebodyHasDroppedTheOldColumnByHand(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE users (id bigint PRIMARY KEY, mail text DEFAULT 'none', note text)");
            db.execute("INSERT INTO users VALUES (1, 'anna', 'old')");
            neap.runs().run(InProcess.change("""
                    change: mail-to-post
                    table: public.users
                    operations:
                      - rename_column: {from: mail, to: post}
                      - rename_column: {from: note, to: remark}
                    """), neap.watcher());
            // Takes the trigger that names the column, and leaves the one for inserts.
            db.execute("ALTER TABLE users DROP COLUMN mail CASCADE");

            assertThatThrownBy(() -> neap.runs().rollback(RENAME, neap.watcher()))
                    .hasMessage("Column mail of table public.users is gone already, and a rollback would drop column"
                            + " remark, post too, where its values may be the last. Restore column mail with its"
                            + " values, then roll back; or finish the change with: neap complete mail-to-post");
            assertThat(neap.runs().complete(RENAME, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);

            assertThat(db.rows("SELECT * FROM users"))
                    .containsExactly(Map.of("id", 1L, "post", "anna", "remark", "old"));
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void stillRollsBackWhereNothingIsLostByIt(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE users (id bigint PRIMARY KEY, mail text NOT NULL)");
            neap.runs().run(InProcess.change("""
                    change: mail-to-post
                    table: public.users
                    contract:
                      - drop_column: {name: mail, down: id::text}
                    irreversible: {backup: none, retention: none, approval: a test}
                    """), neap.watcher());
            db.execute("ALTER TABLE users DROP COLUMN mail CASCADE");

            assertThat(neap.runs().rollback(RENAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
            assertThat(Residue.in(db)).isEmpty();
        }
    }
}
