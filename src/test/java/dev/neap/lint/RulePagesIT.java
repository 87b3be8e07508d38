package dev.neap.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.Change;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.plan.Planner;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Inspection;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PostgreSQL itself agrees with the page of each rule. */
class RulePagesIT {

    private static TestDatabase database;

    @BeforeAll
    static void makeTheTables() {
        database = TestDatabase.on(TestServer.NEWEST).execute(Examples.tables());
    }

    @AfterAll
    static void dropThem() {
        database.close();
    }

    static Stream<Rule> rules() {
        return Stream.of(Rule.values())
                .filter(rule -> !EnumSet.of(Rule.NOT_AS_DECLARED, Rule.CHANGE_FILE, Rule.WAIVER).contains(rule));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void unsafeExampleBreaksTheRuleAndNoOther(Rule rule) {
        List<String> example = Examples.sql(rule, "Unsafe");
        assertThat(example).hasSize(1);
        assertThat(Examples.rules(TestServer.NEWEST, example, rule != Rule.NOT_JUDGED)).containsExactly(rule);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void safeExampleBreaksNone(Rule rule) {
        List<String> examples = Examples.sql(rule, "Safe");
        assertThat(examples).isNotEmpty();
        assertThat(Examples.rules(TestServer.NEWEST, examples)).isEmpty();
    }

    static Stream<String> changes() {
        return Stream.of(Rule.values()).flatMap(rule -> Examples.changes(rule).stream()).distinct();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatNeapDoesInsteadCanBePlanned(String text) {
        Change change = new ChangeReader().read("example.yaml", text).change();
        assertThat(Planner.plan(change, new Inspection(database.dataSource()).inspect(change)).steps()).isNotEmpty();
    }
}
