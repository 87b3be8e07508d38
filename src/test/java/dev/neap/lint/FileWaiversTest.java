package dev.neap.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.Problem;
import dev.neap.change.yaml.Allowed;
import dev.neap.lint.FileWaivers.Objection;
import dev.neap.lint.FileWaivers.Sifted;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileWaiversTest {

    private static final Objection FAILS = new Objection(
            Rule.STATEMENT_FAILS, new Problem("operations[0].sql.up[0]", "It fails.", "Mend it."));
    private static final Objection MORE = new Objection(
            Rule.NOT_AS_DECLARED, new Problem("operations[0].sql.up[1]", "It does more.", "Say so."));

    private static Sifted sift(List<Objection> objections, Set<Rule> unsure, String... allowed) {
        List<Allowed> waivers = java.util.stream.Stream.of(allowed)
                .map(one -> new Allowed(9, one.split(":", -1)[0], one.split(":", -1)[1]))
                .toList();
        return FileWaivers.sift(waivers, objections, unsure);
    }

    @Test
    void takeAwayWhatTheyNameAndNothingElse() {
        Sifted sifted = sift(List.of(FAILS, MORE, MORE), Set.of(), "not-as-declared:the table is empty");
        assertThat(sifted.left()).containsExactly(FAILS.problem());
        assertThat(sifted.waived()).extracting(FileWaivers.Waived::objection).containsExactly(MORE, MORE);
        assertThat(sifted.waived()).extracting(FileWaivers.Waived::reason).containsOnly("the table is empty");
    }

    @Test
    void areRefusedWhereTheyAreNone() {
        assertThat(
                sift(List.of(FAILS), Set.of(), "not-as-declared:why", "statement-fails: ", "nonsense:why", "waiver:why")
                        .left())
                .containsExactly(
                        FAILS.problem(),
                        new Problem("lint.allow[0]", "The waiver of not-as-declared is not needed.", "Remove it."),
                        new Problem("lint.allow[1]", "The waiver of statement-fails gives no reason.",
                                "Say why it does not matter here."),
                        new Problem("lint.allow[2]", "There is no rule \"nonsense\".",
                                "Write the id that stands in brackets behind the finding."),
                        new Problem("lint.allow[3]", "Rule waiver can't be waived.",
                                "Write the id that stands in brackets behind the finding."));
    }

    @Test
    void areLeftToLintWhereTheyAreAboutWords() {
        assertThat(sift(List.of(), Set.of(), "truncate:a staging table").left()).isEmpty();
    }

    @Test
    void mayStayWhereNobodyCanTellWhetherTheyAreNeeded() {
        assertThat(sift(List.of(), Set.of(Rule.NOT_JUDGED), "not-judged:no server of 15 here").left()).isEmpty();
    }

    @Test
    void standAgainstARunByRulesOfRunsAlone() {
        assertThatThrownBy(() -> new Objection(Rule.TRUNCATE, new Problem("", "", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
