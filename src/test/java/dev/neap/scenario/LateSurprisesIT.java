package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.plan.Refused;
import dev.neap.postgres.Await;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Consent;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import dev.neap.run.WindowUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What would come to light only when a change is completed, or never. */
class LateSurprisesIT {

    private static final ChangeName NAME = new ChangeName("x");

    private static final String NOTE = "irreversible: {backup: none, retention: none, approval: a test}\n";

    private static String change(String table, String rest) {
        return "change: x\ntable: public." + table + "\n" + rest;
    }

    private static RunState run(InProcess neap, String yaml) {
        return neap.runs().run(InProcess.change(yaml), neap.watcher()).state();
    }

    private static RunState complete(InProcess neap) {
        return neap.runs().complete(NAME, neap.watcher()).state();
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void aColumnGoesThatReferencesAnotherTable(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE TABLE "a Parent" (id int PRIMARY KEY);
                    CREATE TABLE other (id int PRIMARY KEY);
                    CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES "a Parent", o int REFERENCES other,
                      self int REFERENCES t);
                    INSERT INTO t SELECT n FROM generate_series(1, 100) n""");
            assertThat(run(neap, change("t", """
                    operations:
                      - split_column: {column: o, into: [{name: half, type: int, from: o / 2}], reverse: half * 2}
                    contract:
                      - drop_column: {name: p}
                      - drop_column: {name: self}
                    """ + NOTE))).isEqualTo(RunState.READY);
            assertThat(complete(neap)).isEqualTo(RunState.COMPLETED);
            assertThat(db.list(String.class, "SELECT attname FROM pg_attribute WHERE attrelid = 't'::regclass"
                    + " AND attnum > 0 AND NOT attisdropped ORDER BY attnum")).containsExactly("id", "half");
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void whatACollationTakesForTheSameIsAnotherValueAllTheSame(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                    CREATE TABLE t (id int PRIMARY KEY, mail text COLLATE any_case);
                    INSERT INTO t SELECT n, 'ann' || n FROM generate_series(1, 100) n""");
            run(neap, change("t", "operations: [{rename_column: {from: mail, to: post}}]\n"));
            db.execute(
                    "UPDATE t SET mail = 'ANN1' WHERE id = 1",
                    "UPDATE t SET post = 'ANN2' WHERE id = 2");
            assertThat(db.list(String.class, "SELECT concat_ws(' ', mail, post) FROM t WHERE id < 3 ORDER BY id"))
                    .containsExactly("ANN1 ANN1", "ANN2 ANN2");
        }
    }

    @Test
    void aTableWithTriggersOfItsOwnIsFollowedAlsoWhereItsCollationTakesValuesForTheSame() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                    CREATE TABLE t (id int PRIMARY KEY, mail text COLLATE any_case);
                    INSERT INTO t SELECT n, 'ann' || n FROM generate_series(1, 100) n;
                    CREATE FUNCTION pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                    CREATE TRIGGER pass BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION pass()""");
            run(neap, change("t", "operations: [{add_column: {name: digest, type: text, from: md5(mail)}}]\n"));
            db.execute("UPDATE t SET mail = 'ANN1' WHERE id = 1");
            assertThat(db.one(Boolean.class, "SELECT digest = md5('ANN1') FROM t WHERE id = 1")).isTrue();
        }
    }

    @Test
    void nothingGoesWithAColumnThatOthersNeed() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL, a int, b int, c int, name text);
                    ALTER TABLE t ADD CONSTRAINT t_code_key UNIQUE (code);
                    ALTER TABLE t REPLICA IDENTITY USING INDEX t_code_key;
                    CREATE PUBLICATION parts_of FOR TABLE t (id, code, b);
                    CREATE STATISTICS together ON c, name FROM t;
                    CREATE TABLE parts (id int, n int, m int) PARTITION BY RANGE (id);
                    CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (9);
                    CREATE UNIQUE INDEX parts_1_n ON parts_1 (n);
                    ALTER TABLE parts_1 ADD CONSTRAINT small CHECK (m < 9)""");
            db.execute("CREATE FUNCTION total() RETURNS bigint LANGUAGE sql RETURN (SELECT sum(a) FROM t)");
            Map<String, String> messages = new LinkedHashMap<>();
            messages.put("t drop_column: {name: code}", "Index t_code_key, the replica identity of table public.t");
            messages.put("t split_column: {column: code, into: [{name: d, type: text, from: code}], reverse: d}",
                    "Index t_code_key, the replica identity");
            messages.put("t drop_column: {name: a}", "Function public.total uses column a");
            messages.put("t drop_column: {name: b}", "Publication parts_of names column b");
            messages.put("t rename_column: {from: c, to: d}", "statistics object together");
            messages.put("parts change_type: {column: n, type: bigint}", "index parts_1_n of partition parts_1");
            messages.put("parts rename_column: {from: m, to: d}", "constraint small of partition parts_1");
            messages.forEach((operation, message) -> assertThatExceptionOfType(Refused.class)
                    .as(operation)
                    .isThrownBy(() -> run(
                            neap,
                            change(
                                    operation.substring(0, operation.indexOf(' ')),
                                    "operations:\n  - " + operation.substring(operation.indexOf(' ') + 1) + "\n"
                                            + NOTE)))
                    .withMessageContaining(message));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void aColumnKeepsItsStatisticsThatChangesItsTypeAtOnce(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, code varchar(10))",
                    "INSERT INTO t SELECT n, n FROM generate_series(1, 1000) n",
                    "ANALYZE t");
            run(neap, change("t", "operations: [{change_type: {column: code, type: varchar(20)}}]\n"));
            assertThat(db.list(String.class, "SELECT attname FROM pg_stats WHERE tablename = 't' ORDER BY 1"))
                    .containsExactly("code", "id");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void noTwoChangesWorkOnWhatDoesNotStay(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, code int, note text)");
            run(neap, change("t", "operations: [{add_column: {name: twice, type: int, from: code * 2}}]\n"));
            for (String rest : List.of(
                    "operations: [{change_type: {column: code, type: bigint}}]\n",
                    "contract: [{drop_column: {name: code}}]\n" + NOTE,
                    "operations: [{partition_table: {by: hash, key: [id], modulus: 2}}]\n")) {
                assertThatThrownBy(() -> run(neap, change("t", rest).replace("change: x", "change: y")))
                        .as(rest)
                        .isInstanceOf(RunFailed.class)
                        .hasMessageStartingWith(
                                "Change x is READY and works on table public.t too, and the two can't be"
                                        + " under way at a time: ")
                        .hasMessageEndingWith(
                                ". Complete it, or undo it, first: neap complete x; or neap rollback x");
            }
            assertThat(run(
                    neap,
                    change("t", "operations: [{rename_column: {from: note, to: remark}}]\n")
                            .replace("change: x", "change: y")))
                    .isEqualTo(RunState.READY);
        }
    }

    @Test
    void rowsOfTablesThatInheritAreNotLost() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, code int)", "CREATE TABLE heir () INHERITS (t)");
            assertThatThrownBy(
                    () -> run(neap, change("t", "operations: [{rename_column: {from: code, to: number}}]\n")))
                    .hasMessageContaining("but triggers don't");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void aTableThatASubscriptionFillsKeepsItsPlace(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY)");
            db.execute("CREATE SUBSCRIPTION filler CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)");
            db.execute("INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate)"
                    + " SELECT oid, 't'::regclass, 'r' FROM pg_subscription WHERE subname = 'filler'");
            for (String operation : Set.of(
                    "partition_table: {by: hash, key: [id], modulus: 2}", "rename_table: {to: u}")) {
                assertThatThrownBy(() -> run(neap, change("t", "operations: [{" + operation + "}]\n")))
                        .as(operation)
                        .hasMessageContaining("would be lost");
            }
            db.execute("ALTER SUBSCRIPTION filler SET (slot_name = NONE)");
            db.execute("DROP SUBSCRIPTION filler");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void anIndexThatQueriesUseGoesForOneThatNoneHasUsedOnlyIfSomebodySaysSo(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, mail text)",
                    "INSERT INTO t SELECT n, 'M' || n FROM generate_series(1, 5000) n",
                    "CREATE INDEX t_mail ON t (mail)",
                    "ANALYZE t");
            String replace = change("t", "operations: [{replace_index: {name: t_mail, columns: [lower(mail)]}}]\n");
            run(neap, replace);
            assertThat(db.one(Integer.class, "SELECT id FROM t WHERE mail = 'M7'")).isEqualTo(7);
            Await.until("it is counted", () -> scans(db, "t_mail") > 0);
            assertThatThrownBy(() -> complete(neap)).isInstanceOf(RunFailed.class)
                    .hasMessageContaining("No query has used index t_mail_neap_")
                    .hasMessageContaining("neap complete x --unused-index");
            assertThat(db.one(Integer.class, "SELECT id FROM t WHERE lower(mail) = 'm8'")).isEqualTo(8);
            Await.until("it is counted", () -> scans(db, "t_mail_neap%") > 0);
            assertThat(complete(neap)).isEqualTo(RunState.COMPLETED);

            String again = replace.replace("change: x", "change: y").replace("lower(mail)", "upper(mail)");
            run(neap, again);
            Consent anyhow = new Consent("by a test", true, false);
            assertThat(neap.runs()
                    .complete(new ChangeName("y"), WindowUse.IGNORE, anyhow, neap.watcher())
                    .state()).isEqualTo(RunState.COMPLETED);
        }
    }

    private static long scans(TestDatabase db, String index) {
        return db.one(Long.class, "SELECT sum(idx_scan) FROM pg_stat_all_indexes WHERE indexrelname LIKE ?", index);
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void aKeyThatNothingReferencesGoesBackOnlyWhileItsNumbersFit(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)",
                    "INSERT INTO t SELECT FROM generate_series(1, 10)");
            run(neap, change("t", "operations: [{widen_key: {column: id}}]\n"));
            db.execute("INSERT INTO t (id) VALUES (3000000000)");
            assertThatThrownBy(() -> neap.runs().rollback(NAME, neap.watcher()))
                    .hasMessageContaining("does not fit into integer any more");
            // Nothing was taken back, so there is still room for such numbers.
            db.execute("INSERT INTO t (id) VALUES (3000000001)");
            assertThat(complete(neap)).isEqualTo(RunState.COMPLETED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void aRollbackThatFindsNullsStillLetsThemBeWritten(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, code int NOT NULL)");
            run(neap, change("t", "operations: [{drop_not_null: {column: code}}]\n"));
            db.execute("INSERT INTO t VALUES (1, NULL)");
            assertThatThrownBy(() -> neap.runs().rollback(NAME, neap.watcher()))
                    .hasMessageContaining("Rows whose code is NULL (1): (id)=(1)");
            db.execute("INSERT INTO t VALUES (2, NULL)", "UPDATE t SET code = 0");
            assertThat(neap.runs().rollback(NAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void whoeverNamesNoColumnsHearsThatTheirPlacesHaveChanged(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, n int, note text)", "INSERT INTO t VALUES (1, 1, 'one')");
            run(neap, change("t", "operations: [{change_type: {column: n, type: bigint}}]\n"));
            assertThatThrownBy(() -> db.execute("INSERT INTO t VALUES (2, 2, 'two')"))
                    .rootCause()
                    .hasMessageContaining("the columns of table public.t have changed their places")
                    .hasMessageContaining("Name the columns");
            db.execute(
                    "INSERT INTO t (id, n) VALUES (2, 2)", "INSERT INTO t (id) VALUES (3)",
                    "CREATE TABLE moved AS TABLE t", "DELETE FROM t", "INSERT INTO t SELECT * FROM moved");
            assertThat(db.list(String.class, "SELECT concat_ws(' ', id, n, note) FROM t ORDER BY id"))
                    .containsExactly("1 1 one", "2 2", "3");
        }
    }
}
