package dev.neap.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.neap.sql.SqlStatement.Sort;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {

    private static final String HARD = """
            -- first; comment
            CREATE TABLE "odd;name" (a text DEFAULT 'x;''y');;
            /* a /* nested; */ comment; */
            CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$
            BEGIN RETURN 1; -- $$ ;
            END $body$;
            CREATE OR REPLACE FUNCTION g(a int) RETURNS int LANGUAGE sql
            BEGIN ATOMIC
              SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END;
              SELECT a;
            END;
            CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO log VALUES (1); NOTIFY log);
            INSERT INTO t VALUES (E'it\\'s; ', 'back\\', U&'\\0041;', date'2020-01-01', a$1$b);
            SELECT 1""";

    @Test
    void cutsWherePsqlCuts() {
        assertThat(SqlScript.of(HARD).statements().stream().map(SqlStatement::text))
                .satisfiesExactly(
                        table -> assertThat(table).startsWith("CREATE TABLE \"odd;name\"").endsWith("'x;''y')"),
                        function -> assertThat(function).startsWith("CREATE FUNCTION f").endsWith("END $body$"),
                        atomic -> assertThat(atomic).startsWith("CREATE OR REPLACE").endsWith("SELECT a;\nEND"),
                        rule -> assertThat(rule).endsWith("NOTIFY log)"),
                        insert -> assertThat(insert).startsWith("INSERT").endsWith("a$1$b)"),
                        select -> assertThat(select).isEqualTo("SELECT 1"));
    }

    @Test
    void saysInWhichLineEachBegins() {
        assertThat(SqlScript.of(HARD).statements().stream().map(SqlStatement::line))
                .containsExactly(2, 4, 7, 12, 13, 14);
    }

    @Test
    void keepsEveryCharacterInItsTokens() {
        assertThat(Tokens.of(HARD).stream().map(Token::text).collect(Collectors.joining())).isEqualTo(HARD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "-- nothing", ";;", "/* ; */ ;"})
    void findsNothingWhereNothingIsSaid(String text) {
        assertThat(SqlScript.of(text).statements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "SELECT 'open; | text that begins in line 1",
        "SELECT $a$ open $$; | text that begins in line 1",
        "SELECT 1 /* open /* */ | comment that begins in line 1",
        "SELECT \"open | quoted name that begins in line 1",
        "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; | routine that begins in line 1"
    })
    void refusesWhatHasNoEnd(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> SqlScript.of(text)).withMessageContaining(message);
    }

    @Test
    void takesACommandOfPsqlForAStatementOfItsOwn() {
        assertThat(SqlScript.of("\\restrict abc\nSELECT 1;\n\\unrestrict abc\n").statements())
                .extracting(SqlStatement::text)
                .isEqualTo(List.of("\\restrict abc", "SELECT 1", "\\unrestrict abc"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "ALTER TABLE t ADD COLUMN x int | STRUCTURE",
        "truncate t | STRUCTURE",
        "SELECT * INTO copy FROM t | STRUCTURE",
        "SELECT (SELECT 1) FROM t | QUERY",
        "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone | ROWS",
        "WITH a AS (SELECT 1) SELECT * FROM a | QUERY",
        "insert into t values ('create') | ROWS",
        "DO $$ BEGIN END $$ | CODE",
        "CALL p() | CODE",
        "BEGIN | TRANSACTION",
        "PREPARE TRANSACTION 'x' | TRANSACTION",
        "SET lock_timeout = '1s' | SETTING",
        "VACUUM t | MAINTENANCE",
        "LISTEN x | OTHER"
    })
    void tellsWhatKindOfWorkAStatementIs(String sql, Sort sort) {
        assertThat(SqlScript.of(sql).statements().getFirst().sort()).isEqualTo(sort);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "CREATE INDEX CONCURRENTLY i ON t (x) | true",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY m | false",
        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY | true",
        "VACUUM t | true",
        "COMMENT ON TABLE t IS 'built concurrently' | false",
        "CREATE INDEX i ON t (x) | false"
    })
    void knowsWhatNoTransactionTakes(String sql, boolean refused) {
        assertThat(SqlScript.of(sql).statements().getFirst().refusesTransactions()).isEqualTo(refused);
    }
}
