package dev.neap.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the words of a file tell where PostgreSQL can't be asked. */
class LinterTest {

    private static List<Finding> lint(String sql) {
        return Linter.lint(SqlFile.of("V1.sql", sql), Verdict.impossible("There is none."));
    }

    private static List<Rule> rules(String sql) {
        return lint(sql).stream().map(Finding::rule).toList();
    }

    @Test
    void saysWhereAStatementBegins() {
        assertThat(lint("-- one\nSELECT 1;  TRUNCATE users; -- IRREVERSIBLE, BACKUP in s3\n"))
                .extracting(finding -> finding.spot().toString())
                .containsOnly("V1.sql:2:12");
    }

    @Test
    void refusesWhatOnlyPostgresqlKnowsOnceAFile() {
        assertThat(rules("""
                SET lock_timeout = '2s';
                ALTER TABLE users ALTER COLUMN a TYPE text;
                ALTER TABLE users ALTER COLUMN b TYPE text;
                """)).containsExactly(Rule.NOT_JUDGED);
    }

    @Test
    void findsWhatTheWordsTell() {
        assertThat(rules("CREATE INDEX i ON users (a);"))
                .containsExactly(Rule.BLOCKING_INDEX, Rule.NO_LOCK_TIMEOUT, Rule.NOT_JUDGED);
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
                """)).containsExactly(Rule.TRUNCATE);
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
}
