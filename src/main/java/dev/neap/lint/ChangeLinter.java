package dev.neap.lint;

import dev.neap.change.yaml.ChangeFileException;
import java.util.List;

/** What is dangerous about a change file beyond what Neap sees to by itself. */
public final class ChangeLinter {

    private ChangeLinter() {}

    /** A file that can't be read: each mistake is a finding. */
    public static List<Finding> mistakes(ChangeFileException error) {
        return Linter.sorted(error.problems()
                .stream()
                .map(located -> new Finding(
                        Rule.CHANGE_FILE,
                        new Spot(error.source(), located.line(), 1),
                        located.problem().fact(),
                        located.problem().remedy())));
    }

    /**
     * A file that can be read.
     *
     * @param raw its own SQL, each with what PostgreSQL said of it
     * @param waivers of its key lint
     */
    public static List<Finding> lint(List<Raw> raw, List<Waiver> waivers) {
        List<Finding> findings = raw.stream()
                .flatMap(one -> Linter.unwaived(one.statements(), one.verdict()).stream())
                // A step of Neap's sets its own lock_timeout, and is a transaction of its own.
                .filter(finding -> finding.rule() != Rule.NO_LOCK_TIMEOUT)
                .toList();
        return Linter.sorted(Waiver.apply(waivers, findings).stream());
    }

    /** SQL that stands in a change file. */
    public record Raw(SqlFile statements, Verdict verdict) {}

    /** A waiver that is about a whole file. */
    public static Waiver waiver(String source, int line, String rule, String reason) {
        return new Waiver(rule, reason, new Spot(source, line, 1), 1, Integer.MAX_VALUE);
    }
}
