package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;

/** Tables that are divided although something about them is unusual. */
class PartitionTrapsIT {

    private static final ChangeName NAME = new ChangeName("divide");

    private static final Map<String, String> HASTY = Map.of(
            "neap.ddl.lock-timeout", "200ms", "neap.backfill.chunk-duration", "20ms");

    private static final String BY_HASH = """
            change: divide
            table: public.t
            operations:
              - partition_table: {by: hash, key: [id], modulus: 4}
            """;

    private static RunState divide(InProcess neap, String yaml) {
        return neap.runs().run(InProcess.change(yaml), neap.watcher()).state();
    }

    @ParameterizedTest
    @EnumSource
    void namesAreLongAndOdd(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db, HASTY)) {
            String name = "the o'neill \"table\" of 100% of what is known, as far as";
            String sql = '"' + name.replace("\"", "\"\"") + '"';
            String index = "an_index_of_a_name_that_is_as_long_as_postgresql_takes_names_";
            db.execute(
                    "CREATE TABLE " + sql + " (id int PRIMARY KEY, a int, b int)",
                    "CREATE INDEX " + index + "a ON " + sql + " (a)",
                    "CREATE INDEX " + index + "b ON " + sql + " (b)",
                    "INSERT INTO " + sql + " SELECT n, n, n FROM generate_series(1, 500) n");
            String yaml = BY_HASH.replace("public.t", "'public.\"" + name.replace("\"", "\"\"").replace("'", "''")
                    + "\"'");
            assertThat(divide(neap, yaml)).isEqualTo(RunState.READY);
            db.execute("UPDATE " + sql + " SET id = id + 1000 WHERE id < 9", "DELETE FROM " + sql + " WHERE id = 9");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(Residue.in(db)).isEmpty();
            assertThat(divide(neap, yaml)).isEqualTo(RunState.READY);
            assertThat(neap.runs().complete(NAME, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
            assertThat(db.one(Long.class, "SELECT count(*) FROM " + sql)).isEqualTo(499);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheRowsReferenceIsDeletedByAStrictTransaction(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db, HASTY)) {
            db.execute(
                    "CREATE TABLE p (id int PRIMARY KEY)",
                    "INSERT INTO p SELECT n FROM generate_series(1, 9) n",
                    "CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE)",
                    "INSERT INTO t SELECT n, n % 9 + 1 FROM generate_series(1, 500) n");
            assertThat(divide(neap, BY_HASH)).isEqualTo(RunState.READY);
            try (OtherSession strict = OtherSession.open(
                    db, "strict", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "DELETE FROM p WHERE id = 3")) {
                strict.commit();
            }
            assertThat(db.one(Long.class, "SELECT count(*) FROM t WHERE p = 3")).isZero();
            assertThat(neap.runs().complete(NAME, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTriggerComesAlongWhateverItsNameAndATableWithRulesIsRefused(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db, HASTY)) {
            db.execute("""
                    CREATE TABLE t (id int PRIMARY KEY, n int);
                    CREATE FUNCTION seven() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.n := 7; RETURN NEW; END';
                    CREATE TRIGGER neapolitan BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION seven();
                    CREATE RULE audit AS ON INSERT TO t DO ALSO NOTIFY t""");
            assertThatThrownBy(() -> divide(neap, BY_HASH)).hasMessageContaining("It would stay with the old table");
            db.execute("DROP RULE audit ON t");
            assertThat(divide(neap, BY_HASH)).isEqualTo(RunState.READY);
            db.execute("INSERT INTO t VALUES (1, 1)");
            assertThat(db.one(Integer.class, "SELECT n FROM t")).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoleThatSeesLittleOfOthersStillWaitsForTheirSnapshots(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            String owner = db.newRole();
            db.execute(
                    "GRANT CREATE ON DATABASE " + db.name() + " TO " + owner,
                    "GRANT CREATE, USAGE ON SCHEMA public TO " + owner,
                    "CREATE TABLE t (id int PRIMARY KEY)",
                    "INSERT INTO t SELECT n FROM generate_series(1, 500) n",
                    "ALTER TABLE t OWNER TO " + owner);
            try (InProcess neap = InProcess.on(db.uri(), owner, HASTY);
                    OtherSession old = OtherSession.open(
                            db, "export", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT 1")) {
                neap.onWait("has a snapshot from before", old::commit);
                assertThat(divide(neap, BY_HASH)).isEqualTo(RunState.READY);
                assertThat(neap.waits()).anyMatch(why -> why.contains("export"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRowOfAnotherTableGoesBecauseTheOneThatItReferencesMoves(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db, HASTY)) {
            db.execute(
                    "CREATE TABLE t (id int PRIMARY KEY)",
                    "INSERT INTO t SELECT n FROM generate_series(1, 100) n",
                    "CREATE TABLE child (t int REFERENCES t ON UPDATE CASCADE ON DELETE CASCADE)",
                    "INSERT INTO child SELECT n FROM generate_series(1, 50) n");
            assertThat(divide(neap, BY_HASH)).isEqualTo(RunState.READY);
            List<Integer> refused = new ArrayList<>();
            for (int id = 1; id <= 20; id++) {
                try {
                    db.execute("UPDATE t SET id = %1$d + 1000 WHERE id = %1$d".formatted(id));
                } catch (DataAccessException e) {
                    assertThat(e).hasMessageContaining("can't go to another partition yet");
                    refused.add(id);
                }
            }
            assertThat(refused).isNotEmpty().hasSizeLessThan(20);
            assertThat(db.one(Long.class, "SELECT count(*) FROM child JOIN t ON t.id = child.t")).isEqualTo(50);
            db.execute("DELETE FROM t WHERE id = 30");
            assertThat(db.one(Long.class, "SELECT count(*) FROM child")).isEqualTo(49);
            neap.runs().rollback(NAME, neap.watcher());
            db.execute("UPDATE t SET id = id + 2000");
            assertThat(db.one(Long.class, "SELECT count(*) FROM child JOIN t ON t.id = child.t")).isEqualTo(49);
            assertThat(Residue.in(db)).isEmpty();
        }
    }
}
