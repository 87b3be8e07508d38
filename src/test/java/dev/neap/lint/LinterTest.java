package dev.neap.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.shadow.Judged;
import dev.neap.trace.Footprint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the words of a file tell where PostgreSQL can't be asked. */
class LinterTest {

    private static List<Finding> lint(String sql) {
        return Linter.lint(SqlFile.of("V1.sql", sql), Verdict.impossible("There is none."));
    }

    private static List<Rule> rules(String sql) {
        return lint(sql).stream().map(Finding::rule).toList();
    }

    /** The same of one statement that PostgreSQL refused on a shadow with the file's schema. */
    private static List<Finding> failed(String sql, String sqlState, String message) {
        SqlFile file = SqlFile.of("V1.sql", sql);
        Judged judged = new Judged(
                file.texts().getFirst(), new Footprint(List.of()), Set.of(),
                Optional.of(new Judged.Failure(sqlState, message)));
        return Linter.lint(file, Verdict.of(List.of(judged), true));
    }

    /** The same with a lock_timeout, of which nothing is to be found then. */
    private static List<Rule> ruled(String sql) {
        return rules("SET lock_timeout = '2s';\n" + sql);
    }

    @Test
    void saysWhereAStatementBegins() {
        assertThat(lint("-- one\nSELECT 1;  TRUNCATE users; -- IRREVERSIBLE, BACKUP in s3\n"))
                .extracting(finding -> finding.spot().toString())
                .containsOnly("V1.sql:2:12");
    }

    @Test
    void refusesWhatOnlyPostgresqlKnowsInEachStatement() {
        assertThat(rules("""
                SET lock_timeout = '2s';
                ALTER TABLE users ALTER COLUMN a TYPE text;
                ALTER TABLE users ALTER COLUMN b TYPE text;
                """)).containsExactly(Rule.NOT_JUDGED, Rule.NOT_JUDGED);
    }

    @Test
    void hidesNoStatementBehindTheWaiverOfAnother() {
        assertThat(rules("""
                SET lock_timeout = '2s';
                -- neap:allow not-judged: tried on staging
                ALTER TABLE users ALTER COLUMN a TYPE text;
                ALTER TABLE users ALTER COLUMN b TYPE text;
                """)).containsExactly(Rule.NOT_JUDGED);
    }

    @Test
    void refusesWhatOnlyPostgresqlKnowsHoweverTheTableIsCalled() {
        for (String kind : List.of("subscription", "role", "type", "domain", "public.view", "\"FUNCTION\"")) {
            assertThat(ruled("ALTER TABLE %s ALTER COLUMN id TYPE bigint;".formatted(kind)))
                    .as(kind)
                    .containsExactly(Rule.NOT_JUDGED);
        }
        for (String sql : List.of(
                "ALTER TABLE IF EXISTS type ALTER COLUMN id TYPE bigint;",
                "ALTER TABLE t ALTER COLUMN validate TYPE bigint;", "ALTER INDEX role SET (fillfactor = 80);",
                "CREATE OR REPLACE TRIGGER view BEFORE UPDATE ON users EXECUTE FUNCTION f();",
                "CREATE RULE cast AS ON INSERT TO users DO NOTHING;", "SELECT type INTO domain FROM users;")) {
            assertThat(ruled(sql)).as(sql).containsExactly(Rule.NOT_JUDGED);
        }
    }

    @Test
    void refusesWhatReadsOrWritesTheTablesThatUseAnObject() {
        for (String sql : List.of(
                "ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 100);",
                "ALTER DOMAIN positive VALIDATE CONSTRAINT small;", "ALTER DOMAIN positive SET NOT NULL;",
                "ALTER TYPE reading ALTER ATTRIBUTE value TYPE bigint CASCADE;",
                "ALTER TYPE public.reading ADD ATTRIBUTE unit text CASCADE;",
                "ALTER EXTENSION postgis UPDATE TO '3.5.0';", "DROP EXTENSION citext;",
                "ALTER MATERIALIZED VIEW totals SET ACCESS METHOD heap;",
                "CREATE SCHEMA billing CREATE TABLE bills (payer bigint REFERENCES public.users);")) {
            assertThat(ruled(sql)).as(sql).containsExactly(Rule.NOT_JUDGED);
        }
    }

    @Test
    void letsPassWhatReachesNoRows() {
        for (String sql : List.of(
                "CREATE DOMAIN positive AS integer CHECK (VALUE > 0);", "CREATE EXTENSION citext;",
                "CREATE TYPE mood AS ENUM ('sad', 'ok');",
                "ALTER TYPE mood ADD VALUE 'happy';", "ALTER TYPE attribute RENAME VALUE 'sad' TO 'blue';",
                "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';",
                "CREATE OR REPLACE TEMP VIEW v AS SELECT 1;", "CREATE UNLOGGED SEQUENCE s;",
                "CREATE MATERIALIZED VIEW totals AS SELECT 1;", "CREATE SCHEMA IF NOT EXISTS billing;",
                "ALTER ROLE reader SET search_path = public;", "DROP SUBSCRIPTION s;",
                "COMMENT ON TABLE type IS 'kinds';")) {
            assertThat(ruled(sql)).as(sql).isEmpty();
        }
    }

    @Test
    void letsAValidationPassOnlyWhereItIsAlone() {
        for (String alone : List.of(
                "ALTER TABLE t VALIDATE CONSTRAINT c;", "ALTER TABLE IF EXISTS ONLY s.t VALIDATE CONSTRAINT c;",
                "ALTER TABLE type * VALIDATE CONSTRAINT c;")) {
            assertThat(ruled(alone)).as(alone).isEmpty();
        }
        for (String beside : List.of(
                "ALTER TABLE t ADD COLUMN a dom DEFAULT 1, VALIDATE CONSTRAINT c;",
                "ALTER TABLE t VALIDATE CONSTRAINT c, ALTER COLUMN a TYPE bigint;")) {
            assertThat(ruled(beside)).as(beside).containsExactly(Rule.NOT_JUDGED);
        }
    }

    @Test
    void findsWhatTheWordsTell() {
        assertThat(rules("CREATE INDEX i ON users (a);"))
                .containsExactly(Rule.BLOCKING_INDEX, Rule.NO_LOCK_TIMEOUT, Rule.NOT_JUDGED);
    }

    @Test
    void refusesAsNotJudgedWhatTheRoleOnTheShadowMayNotDo() {
        assertThat(failed("ALTER TABLE users OWNER TO app;", "42501", "permission denied for schema public"))
                .filteredOn(finding -> finding.rule() != Rule.NO_LOCK_TIMEOUT)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.NOT_JUDGED);
                    assertThat(finding.fact()).isEqualTo(
                            "The role that judges on the shadow may not do this statement: permission denied for schema public.");
                    assertThat(finding.remedy()).contains("--shadow-url", "waive this");
                });
        assertThat(failed("-- neap:allow not-judged: we own both\nALTER INDEX i SET SCHEMA s;", "42501", "no"))
                .isEmpty();
    }

    @Test
    void refusesAsNotJudgedWhatFailsForWantOfRows() {
        assertThat(failed("INSERT INTO refunds VALUES (1, 2);", "23503", "Key (order_id)=(2) is not present"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.NOT_JUDGED);
                    assertThat(finding.fact()).contains("there are no rows", "Key (order_id)=(2) is not present");
                });
        for (String reads : List.of(
                "INSERT INTO refunds VALUES (1, (SELECT id FROM orders WHERE number = 'A1'));",
                "DO $$ BEGIN INSERT INTO refunds VALUES (1, (SELECT min(id) FROM orders)); END $$;")) {
            assertThat(failed(reads, "23502", "null value")).as(reads)
                    .extracting(Finding::rule)
                    .contains(Rule.NOT_JUDGED)
                    .doesNotContain(Rule.STATEMENT_FAILS);
        }
        assertThat(failed("DO $$ BEGIN RAISE EXCEPTION 'nobody'; END $$;", "P0001", "nobody"))
                .extracting(Finding::rule)
                .containsExactly(Rule.DO_BLOCK, Rule.NOT_JUDGED);
    }

    @Test
    void knowsThatValuesWhichAreWrittenOutFailEverywhere() {
        assertThat(failed("INSERT INTO users (id) VALUES (1);", "23502", "null value"))
                .extracting(Finding::rule)
                .containsExactly(Rule.STATEMENT_FAILS);
        assertThat(failed("INSERT INTO users (id) VALUES (1), (1);", "23505", "duplicate key"))
                .extracting(Finding::rule)
                .containsExactly(Rule.STATEMENT_FAILS);
    }

    @Test
    void mindsNoTableThatTheFileMakes() {
        assertThat(rules("""
                CREATE TABLE fresh (id bigint, a text);
                CREATE INDEX i ON fresh (a);
                ALTER TABLE fresh ADD CHECK (a <> '');
                INSERT INTO fresh VALUES (1, 'x');
                UPDATE fresh SET a = 'y';
                """)).isEmpty();
    }

    @Test
    void waivesTheStatementThatFollowsAndNoOther() {
        assertThat(rules("""
                -- IRREVERSIBLE, BACKUP in s3
                SET lock_timeout = '2s';
                -- neap:allow truncate: staging
                -- neap:allow not-judged: known
                TRUNCATE staging;
                TRUNCATE users;
                """)).containsExactlyInAnyOrder(Rule.TRUNCATE, Rule.NOT_JUDGED);
    }

    @Test
    void refusesWaiversThatAreNone() {
        assertThat(lint("""
                -- neap:allow truncat: a typo
                -- neap:allow truncate
                -- neap:allow rename: nothing is renamed
                -- neap:allow waiver: no
                -- neap:alow truncate: a typo
                SELECT 1;
                """)).extracting(Finding::fact)
                .containsExactly(
                        "There is no rule \"truncat\".",
                        "The waiver of truncate gives no reason.",
                        "The waiver of rename is not needed.",
                        "Rule waiver can't be waived.",
                        "\"-- neap:alow truncate: a typo\" is not known.");
    }

    @Test
    void takesAFileForOneTransactionUnlessItSaysOtherwise() {
        String sql = "CREATE INDEX CONCURRENTLY i ON users (a);";
        assertThat(rules(sql)).containsExactly(Rule.CONCURRENTLY_IN_TRANSACTION);
        for (String mark : List.of(
                "-- neap:transaction none", "-- +goose NO TRANSACTION", "-- migrate:up transaction:false",
                "-- atlas:txmode none", "-- no-transaction", "BEGIN; COMMIT;")) {
            assertThat(rules(mark + "\n" + sql)).as(mark).isEmpty();
        }
        assertThat(rules("BEGIN;\n" + sql)).containsExactly(Rule.CONCURRENTLY_IN_TRANSACTION);
    }

    @Test
    void leavesOutTheDownPart() {
        assertThat(rules("-- migrate:up\nSELECT 1;\n-- migrate:down\nTRUNCATE users;")).isEmpty();
        assertThat(rules("-- +goose Up\nSELECT 1;\n-- +goose Down\nTRUNCATE users;")).isEmpty();
    }

    @Test
    void followsTheLockTimeout() {
        String sql = "ALTER TABLE users ALTER COLUMN a DROP DEFAULT; -- neap:transaction none\n";
        assertThat(rules(sql)).contains(Rule.NO_LOCK_TIMEOUT);
        assertThat(rules("SET lock_timeout TO '500ms';" + sql)).doesNotContain(Rule.NO_LOCK_TIMEOUT);
        assertThat(rules("SELECT set_config('lock_timeout', '2s', false);" + sql)).doesNotContain(Rule.NO_LOCK_TIMEOUT);
        assertThat(rules("SET lock_timeout = 2000; RESET lock_timeout;" + sql)).contains(Rule.NO_LOCK_TIMEOUT);
        assertThat(rules("SET lock_timeout = 0;" + sql)).contains(Rule.NO_LOCK_TIMEOUT);
        assertThat(rules("BEGIN; SET LOCAL lock_timeout = '2s'; COMMIT;" + sql)).contains(Rule.NO_LOCK_TIMEOUT);
        assertThat(rules("SET lock_timeout = '5min';" + sql)).contains(Rule.LONG_LOCK_TIMEOUT);
    }

    @Test
    void knowsABatchByItsRange() {
        assertThat(rules("UPDATE users SET a = 1 WHERE b IS NULL;")).containsExactly(Rule.UNBATCHED_BACKFILL);
        assertThat(rules("INSERT INTO copies SELECT * FROM users;")).containsExactly(Rule.UNBATCHED_BACKFILL);
        for (String bounded : List.of(
                "UPDATE users SET a = 1 WHERE id BETWEEN 1 AND 9;", "UPDATE users SET a = 1 WHERE id > 1 AND id <= 9;",
                "UPDATE users SET a = 1 WHERE id IN (SELECT id FROM users LIMIT 9);",
                "UPDATE users SET a = 1 WHERE id = 7;", "UPDATE users SET a = 1 WHERE id IN (7, 8);",
                "INSERT INTO users VALUES (1), (2);")) {
            assertThat(rules(bounded)).as(bounded).isEmpty();
        }
    }

    @Test
    void readsTheBodyOfADoBlockForStatementsThatChangeAnyNumberOfRows() {
        for (String body : List.of(
                "BEGIN UPDATE users SET a = CASE WHEN b THEN 1 ELSE 2 END; END",
                "DECLARE n int; BEGIN IF n > 0 THEN DELETE FROM users; END IF; END",
                "BEGIN FOR i IN 1..9 LOOP INSERT INTO users SELECT * FROM others; END LOOP; END",
                "BEGIN WITH gone AS (DELETE FROM users RETURNING *) INSERT INTO old SELECT * FROM gone; END",
                "BEGIN UPDATE users SET a = o.a FROM others o WHERE users.id = o.id; END")) {
            assertThat(rules("DO $$ %s $$;".formatted(body))).as(body).contains(Rule.UNBATCHED_BACKFILL);
            assertThat(rules("DO $x$ %s $x$ LANGUAGE plpgsql;".formatted(body))).as(body)
                    .contains(Rule.UNBATCHED_BACKFILL);
        }
        for (String body : List.of(
                "BEGIN UPDATE users SET a = 1 WHERE id BETWEEN 1 AND 9; END",
                "DECLARE r record; BEGIN FOR r IN SELECT * FROM users FOR UPDATE LOOP UPDATE users SET a = 1 WHERE id = r.id;"
                        + " END LOOP; END",
                "BEGIN INSERT INTO users VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1; END",
                "BEGIN CREATE TEMP TABLE t (a int); UPDATE t SET a = 1; END",
                "BEGIN EXECUTE 'GRANT UPDATE ON users TO x'; RAISE NOTICE 'UPDATE users'; END")) {
            assertThat(rules("DO $$ %s $$;".formatted(body))).as(body)
                    .containsExactlyInAnyOrder(Rule.DO_BLOCK, Rule.NOT_JUDGED);
        }
    }

    @Test
    void takesTheRowsOfACopyForNoSql() {
        SqlFile file = SqlFile.of("V1.sql", """
                COPY users (id, name) FROM stdin;
                1\tit's
                2\tTRUNCATE users; -- neap:allow truncate
                -- migrate:down
                \\.
                \\copy users from stdin with (format csv)
                3,"x
                \\.
                TRUNCATE users;
                """);
        assertThat(file.texts()).containsExactly(
                "COPY users (id, name) FROM stdin", "\\copy users from stdin with (format csv)", "TRUNCATE users");
        assertThat(file.statements().getLast().spot().line()).isEqualTo(9);
        assertThat(file.comments()).isEmpty();
    }

    @Test
    void takesWhatFollowsACopyForSqlWhereNoLineEndsTheRows() {
        assertThat(SqlFile.of("V1.sql", "COPY users FROM stdin;\nTRUNCATE users;\n").texts()).hasSize(2);
        assertThat(SqlFile.of("V1.sql", "COPY users TO stdout;\nTRUNCATE users;\n\\.\n").texts())
                .contains("TRUNCATE users");
        assertThat(SqlFile.of("V1.sql", "SELECT 'COPY users FROM stdin;\n';\nTRUNCATE users;\n\\.\n").texts())
                .contains("TRUNCATE users");
    }

    @Test
    void warnsOfADropWhereNobodyKnowsWhetherThereIsSuch() {
        assertThat(ruled("DROP VIEW IF EXISTS nope;")).containsExactly(Rule.DROP_BEFORE_CODE_IS_OFF);
        Judged judged = new Judged("DROP VIEW IF EXISTS nope", new Footprint(List.of()), Set.of(), Optional.empty());
        SqlFile file = SqlFile.of("V1.sql", "DROP VIEW IF EXISTS nope;");
        assertThat(Linter.lint(file, Verdict.of(List.of(judged), false)))
                .extracting(Finding::rule)
                .containsExactly(Rule.DROP_BEFORE_CODE_IS_OFF);
    }

    @Test
    void namesTheTableThatAnExpressionOfWithChanges() {
        for (String sql : List.of(
                "WITH gone AS (DELETE FROM ONLY users RETURNING *) SELECT count(*) FROM gone;",
                "WITH done AS (UPDATE users SET a = 1 RETURNING *) SELECT * FROM done;",
                "WITH done AS (INSERT INTO users SELECT * FROM old RETURNING *) SELECT * FROM done;")) {
            assertThat(lint(sql)).as(sql)
                    .filteredOn(finding -> finding.rule() == Rule.UNBATCHED_BACKFILL)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.fact()).contains("any number of rows of table users,"));
        }
        assertThat(lint("WITH some AS (SELECT * FROM users FOR UPDATE SKIP LOCKED) SELECT * FROM some;"))
                .allSatisfy(finding -> assertThat(finding.fact()).doesNotContain("?", "SKIP"));
    }
}
