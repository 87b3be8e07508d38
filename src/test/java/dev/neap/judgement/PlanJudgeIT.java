package dev.neap.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.judgement.Judgement.Refusal;
import dev.neap.judgement.Judgement.Seen;
import dev.neap.judgement.Observed.Touched;
import dev.neap.plan.Plan;
import dev.neap.plan.Planner;
import dev.neap.plan.Refused;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Inspection;
import dev.neap.shadow.ShadowFailed;
import dev.neap.shadow.TestShadow;
import dev.neap.step.Lock;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an author's own SQL is seen to do before it runs, and what is refused for it. */
class PlanJudgeIT {

    private static final String TABLES = """
            CREATE TABLE parts (id int PRIMARY KEY, code int, name text);
            CREATE TABLE bins (id int PRIMARY KEY, part int);
            CREATE INDEX parts_code ON parts (code);
            INSERT INTO parts VALUES (1, 1, 'x')""";

    private static ChangeFile file(String body) {
        return new ChangeReader().read("x.yaml", "change: x\ntable: public.parts\n" + body);
    }

    private static Judgement judge(TestDatabase db, TestServer server, String body) {
        ChangeFile file = file(body);
        return new PlanJudge(db.dataSource(), target -> TestShadow.beside(target, server.port()))
                .judge(plan(db, file), file);
    }

    private static Plan plan(TestDatabase db, ChangeFile file) {
        return Planner.plan(file.change(), new Inspection(db.dataSource()).inspect(file.change()));
    }

    private static TestDatabase tables(TestServer server) {
        return TestDatabase.on(server).execute(TABLES);
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatEachStatementLocksReadsAndWritesAnew(TestServer server) {
        try (TestDatabase db = tables(server)) {
            Judgement judgement = judge(db, server, """
                    operations:
                      - sql:
                          up:
                            - COMMENT ON TABLE parts IS 'of machines'
                            - ALTER TABLE parts ALTER COLUMN code TYPE bigint
                            - CREATE VIEW part_names AS SELECT name FROM parts
                            - ALTER TABLE bins ADD FOREIGN KEY (part) REFERENCES parts NOT VALID
                          down:
                            - DROP VIEW part_names
                          work: rewrite
                          done_when: to_regclass('part_names') IS NOT NULL
                          also_locks: {public.bins: share_row_exclusive, public.part_names: access_exclusive}
                    """);
            assertThat(judgement.refusals()).isEmpty();
            Seen seen = judgement.seen().getFirst();
            assertThat(seen.up()).extracting(Observed::touched)
                    .containsExactly(
                            List.of(new Touched("table public.parts", Lock.SHARE_UPDATE_EXCLUSIVE, Work.CATALOG)),
                            List.of(new Touched("table public.parts", Lock.ACCESS_EXCLUSIVE, Work.REWRITE)),
                            List.of(),
                            List.of(new Touched("table public.bins", Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)));
            assertThat(seen.down()).extracting(Observed::touched)
                    .containsExactly(
                            List.of(new Touched("view public.part_names", Lock.ACCESS_EXCLUSIVE, Work.CATALOG)));
            assertThat(db.one(String.class, "SELECT format_type(atttypid, -1) FROM pg_attribute"
                    + " WHERE attrelid = 'parts'::regclass AND attname = 'code'")).isEqualTo("integer");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatTheFileDoesNotSay(TestServer server) {
        try (TestDatabase db = tables(server)) {
            Judgement judgement = judge(db, server, """
                    operations:
                      - sql:
                          up:
                            - COMMENT ON TABLE parts IS 'of machines'
                            - ALTER TABLE parts ALTER COLUMN code TYPE bigint
                            - LOCK TABLE bins IN SHARE MODE
                          down:
                            - ALTER TABLE parts ALTER COLUMN code TYPE int
                    """);
            assertThat(judgement.refusals()).extracting(Refusal::place)
                    .containsExactly("x.yaml:7", "x.yaml:8", "x.yaml:10");
            assertThat(judgement.refusals()).extracting(refusal -> refusal.problem().toString())
                    .satisfiesExactly(
                            rewrite -> assertThat(rewrite)
                                    .contains("ALTER TABLE parts ALTER COLUMN code TYPE bigint writes every row",
                                            "of table public.parts under lock ACCESS EXCLUSIVE; the plan says that it changes"
                                                    + " the catalog only.",
                                            "or, if that may be, write work: rewrite."),
                            lock -> assertThat(lock)
                                    .contains("holds lock SHARE on table public.bins", "does not name that relation",
                                            "write also_locks: {public.bins: share}."),
                            back -> assertThat(back)
                                    .contains("code TYPE int writes every row", "or irreversible with the reason"));
        }
    }

    @Test
    void refusesWhatFailsAndSaysWhere() {
        try (TestDatabase db = tables(TestServer.NEWEST)) {
            Judgement judgement = judge(db, TestServer.NEWEST, """
                    operations:
                      - sql:
                          up:
                            - ALTER TABLE parts DROP COLUMN nothing
                            - COMMENT ON TABLE parts IS 'never reached'
                          down: [SELECT 1]
                    """);
            assertThat(judgement.refusals()).singleElement().satisfies(refusal -> {
                assertThat(refusal.place()).isEqualTo("x.yaml:6");
                assertThat(refusal.problem().fact())
                        .contains("PostgreSQL refuses ALTER TABLE parts DROP COLUMN nothing", "42703");
            });
            assertThat(judgement.seen().getFirst().up()).hasSize(1);
        }
    }

    @Test
    void callsWhatFailsForWantOfRowsNotJudged() {
        try (TestDatabase db = tables(TestServer.NEWEST)
                .execute("CREATE TABLE owned (part int REFERENCES parts)")) {
            Judgement judgement = judge(db, TestServer.NEWEST, """
                    operations:
                      - sql: {up: [INSERT INTO owned VALUES (1)], down: [DELETE FROM owned WHERE part = 1],
                              lock: row_exclusive}
                    """);
            assertThat(judgement.refusals()).extracting(refusal -> refusal.problem().toString())
                    .singleElement()
                    .asString()
                    .contains("INSERT INTO owned VALUES (1) depends on rows", "23503", "{rule: not-judged, reason: why}");
        }
    }

    @Test
    void playsNeapsOwnStepsBeforeThem() {
        try (TestDatabase db = tables(TestServer.NEWEST)) {
            Judgement judgement = judge(db, TestServer.NEWEST, """
                    operations:
                      - add_column: {name: label, type: text, from: upper(name)}
                      - sql: {up: [CREATE VIEW labels AS SELECT label FROM parts], down: [DROP VIEW labels],
                              also_locks: {public.labels: access_exclusive}}
                      - sql: {up: [COMMENT ON VIEW labels IS 'x'], down: [COMMENT ON VIEW labels IS NULL],
                              also_locks: {public.labels: share_update_exclusive}}
                    contract:
                      - sql: {up: [ALTER TABLE parts ALTER COLUMN label SET STORAGE EXTERNAL], irreversible: it is}
                    irreversible: {backup: none, retention: none, approval: a test}
                    """);
            assertThat(judgement.refusals()).isEmpty();
            assertThat(judgement.seen()).hasSize(3);
            assertThat(judgement.seen().getLast().up().getFirst().touched())
                    .containsExactly(new Touched("table public.parts", Lock.ACCESS_EXCLUSIVE, Work.CATALOG));
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesWhatRunsOutsideOfTransactions(TestServer server) {
        try (TestDatabase db = tables(server)) {
            Judgement judgement = judge(db, server, """
                    operations:
                      - sql:
                          transaction: none
                          up:
                            - DROP INDEX CONCURRENTLY IF EXISTS parts_name
                            - CREATE INDEX CONCURRENTLY parts_name ON parts (name)
                          down: [DROP INDEX CONCURRENTLY parts_name]
                          work: index_build
                          done_when: to_regclass('parts_name') IS NOT NULL
                      - sql:
                          transaction: none
                          up:
                            - REINDEX TABLE CONCURRENTLY parts
                            - VACUUM FULL bins
                          irreversible: nothing changes
                          work: index_build
                          done_when: "false"
                    irreversible: {backup: none, retention: none, approval: a test}
                    """);
            assertThat(judgement.seen().getFirst().up().getLast().touched()).containsExactly(
                    new Touched("table public.parts", Lock.SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD));
            assertThat(judgement.seen().getFirst().down().getFirst().touched())
                    .extracting(Touched::relation, Touched::lock)
                    .containsExactly(tuple("table public.parts", Lock.SHARE_UPDATE_EXCLUSIVE));
            assertThat(judgement.refusals()).singleElement()
                    .satisfies(refusal -> assertThat(
                            refusal.problem().toString())
                            .contains("VACUUM FULL bins holds lock ACCESS EXCLUSIVE on table public.bins"));
            assertThat(judgement.seen().getLast().up().getLast().touched())
                    .containsExactly(new Touched("table public.bins", Lock.ACCESS_EXCLUSIVE, Work.REWRITE));
        }
    }

    @Test
    void needsAWaiverWhereNobodyCanBeAsked() {
        String body = "operations: [{sql: {up: [SELECT 1], down: [SELECT 1]}}]\n";
        String waiver = "lint: {allow: [{rule: %s, reason: %s}]}\n";
        try (TestDatabase db = tables(TestServer.NEWEST)) {
            PlanJudge judge = new PlanJudge(db.dataSource(), target -> {
                throw new ShadowFailed("None is installed here.");
            });
            ChangeFile bare = file(body);
            assertThatThrownBy(() -> judge.admit(plan(db, bare), bare))
                    .isInstanceOf(Refused.class)
                    .hasMessageContainingAll("can't be known. None is installed here.", "rule: not-judged");
            ChangeFile waived = file(body + waiver.formatted("not-judged", "a table of ten rows"));
            judge.admit(plan(db, waived), waived);
            assertThat(judge.judge(plan(db, waived), waived).waived())
                    .extracting(Judgement.Waived::reason)
                    .containsExactly("a table of ten rows");
            ChangeFile unknown = file(body + waiver.formatted("no-such-rule", "none"));
            assertThatThrownBy(() -> judge.admit(plan(db, unknown), unknown))
                    .hasMessageContaining("There is no rule \"no-such-rule\".");
        }
    }

    @Test
    void makesNoShadowForAChangeWithoutSql() {
        List<String> made = new ArrayList<>();
        try (TestDatabase db = tables(TestServer.NEWEST)) {
            PlanJudge judge = new PlanJudge(db.dataSource(), target -> {
                made.add("one");
                throw new ShadowFailed("It was not to be made.");
            });
            ChangeFile plain = file("operations: [{add_column: {name: size, type: int}}]\n");
            judge.admit(plan(db, plain), plain);
            assertThat(made).isEmpty();
            ChangeFile needless = file(
                    """
                            operations: [{add_column: {name: size, type: int}}]
                            lint: {allow: [{rule: not-judged, reason: none}]}
                            """);
            assertThatThrownBy(() -> judge.admit(plan(db, needless), needless))
                    .hasMessageContaining("The waiver of not-judged is not needed.");
        }
    }

    @Test
    void heedsAWaiverOfWhatTheFileDoesNotSayAndRefusesOneTooMany() {
        String body = """
                operations: [{sql: {up: [ALTER TABLE parts ADD CHECK (code > 0)], irreversible: it stays}}]
                irreversible: {backup: none, retention: none, approval: a test}
                lint: {allow: [{rule: not-as-declared, reason: the table is empty}%s]}
                """;
        try (TestDatabase db = tables(TestServer.NEWEST)) {
            assertThat(judge(db, TestServer.NEWEST, body.formatted("")).refusals()).isEmpty();
            assertThat(judge(db, TestServer.NEWEST, body.formatted(", {rule: statement-fails, reason: why}"))
                    .refusals())
                    .extracting(refusal -> refusal.problem().fact())
                    .containsExactly("The waiver of statement-fails is not needed.");
        }
    }
}
