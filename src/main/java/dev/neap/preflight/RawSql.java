package dev.neap.preflight;

import dev.neap.judgement.Judgement;
import dev.neap.judgement.Judgement.Refusal;
import dev.neap.judgement.Judgement.Waived;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.check.Severity;
import java.util.List;
import java.util.stream.Stream;

/** What the judgement of a change's own SQL adds to the findings of its plan. */
final class RawSql {

    private static final String ID = "sql";

    private RawSql() {}

    static List<Finding> findings(Judgement judgement) {
        return Stream.concat(
                judgement.refusals().stream().map(RawSql::refused),
                judgement.waived().stream().map(RawSql::waived))
                .toList();
    }

    private static Finding refused(Refusal refusal) {
        return new Finding(
                Severity.BLOCKER, ID, refusal.place(), refusal.problem().fact(), refusal.problem().remedy());
    }

    private static Finding waived(Waived waived) {
        return new Finding(
                Severity.WARNING,
                ID,
                waived.refusal().place(),
                waived.refusal().problem().fact(),
                "The file waives %s: %s".formatted(waived.rule(), sentence(waived.reason())));
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
