package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are written in unusual ways beside the sync triggers. */
class SyncTriggerIT {

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void letsARowMoveWhoseOldValueCannotBeMadeAgain(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE TABLE t (id int, day int, amount numeric, rate numeric, PRIMARY KEY (id, day))
                      PARTITION BY RANGE (day);
                    CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (50);
                    CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (50) TO (100);
                    INSERT INTO t SELECT n, 1, 1.4, 1 FROM generate_series(1, 3) n""");
            neap.runs().run(InProcess.change("""
                    change: whole
                    table: public.t
                    operations:
                      - change_type: {column: amount, type: integer, using: amount * rate, reverse: amount / rate}
                    irreversible: {backup: none, retention: none, approval: a test}
                    """), neap.watcher());

            db.execute(
                    "UPDATE t SET day = 60 WHERE id = 1",
                    "UPDATE t SET day = 70, amount = 5 WHERE id = 2",
                    "CREATE TABLE kept AS SELECT * FROM t WHERE id = 3",
                    "DELETE FROM t WHERE id = 3",
                    "INSERT INTO t SELECT * FROM kept");
            assertThatThrownBy(() -> db.execute("INSERT INTO t VALUES (4, 4, 1.4, 1)"))
                    .rootCause()
                    .hasMessageContaining("the columns of table public.t have changed their places");
            assertThatThrownBy(() -> db.execute("INSERT INTO t SELECT 5, 5, 1.4, 1, 7"))
                    .rootCause()
                    .hasMessageContaining("the columns of table public.t have changed their places");

            neap.runs().rollback(new ChangeName("whole"), neap.watcher());
            assertThat(db.list(String.class, "SELECT concat_ws(' ', id, day, round(amount, 1)) FROM t ORDER BY id"))
                    .containsExactly("1 60 1.4", "2 70 5.0", "3 1 1.4");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void computesTheSameHoweverASessionWritesNumbersBytesAndIntervals(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "ALTER DATABASE " + db.name() + " SET intervalstyle = 'iso_8601'",
                    "ALTER DATABASE " + db.name() + " SET extra_float_digits = 0",
                    "CREATE TABLE t (id int PRIMARY KEY, f float8, b bytea, i interval)",
                    "INSERT INTO t SELECT n, 0.1::float8 + 0.2::float8, '\\x00', '1 day' FROM generate_series(1, 2) n");
            neap.runs().run(InProcess.change("""
                    change: texts
                    table: public.t
                    operations:
                      - add_column: {name: s, type: text, from: "concat_ws(' ', f::text, b::text, i::text)"}
                    """), neap.watcher());
            db.execute("""
                    SET extra_float_digits = 0; SET bytea_output = 'escape'; SET intervalstyle = 'postgres';
                    INSERT INTO t SELECT 3, f, b, i FROM t LIMIT 1;
                    UPDATE t SET id = 4 WHERE id = 1;
                    SET extra_float_digits = 1; SET bytea_output = 'hex'; SET intervalstyle = 'postgres'""");
            assertThat(db.list(String.class, "SELECT s FROM t"))
                    .hasSize(3)
                    .containsOnly("0.30000000000000004 \\x00 P1D");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void seesTheLastDigitOfANumberThatASessionDoesNotShow(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    """
                            CREATE TABLE t (id int PRIMARY KEY, f float8, j json, p point, b text COLLATE "C");
                            INSERT INTO t SELECT n, 0.3, '{"a": 1}', '(1,2)', repeat(md5('b'), 500) FROM generate_series(1, 2) n""");
            neap.runs().run(InProcess.change("""
                    change: named
                    table: public.t
                    operations:
                      - rename_column: {from: f, to: g}
                      - rename_column: {from: j, to: k}
                      - rename_column: {from: p, to: q}
                      - rename_column: {from: b, to: c}
                    """), neap.watcher());
            db.execute("SET extra_float_digits = 0; UPDATE t SET f = 0.1::float8 + 0.2::float8 WHERE id = 1");
            db.execute("UPDATE t SET b = b || 'x', k = '{\"a\":1}', p = '(2,1)' WHERE id = 2");
            assertThat(db.one(
                    Long.class,
                    "SELECT count(*) FROM t WHERE f = g AND j::text = k::text AND p ~= q AND b = c"
                            + " AND (f > 0.3 OR c LIKE '%x' AND j::text = '{\"a\":1}' AND q ~= '(2,1)')"))
                    .isEqualTo(2);
            neap.runs().complete(new ChangeName("named"), neap.watcher());
        }
    }
}
