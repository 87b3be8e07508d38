package dev.neap.lint;

import dev.neap.shadow.Judged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Goes over a file's statements in order, and tells what is dangerous about them. */
public final class Linter {

    private final SqlFile file;
    private final Verdict verdict;
    private final boolean documented;
    private final Set<String> made = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final TransactionState state;
    private final TransactionChecks together = new TransactionChecks();

    private Linter(SqlFile file, Verdict verdict) {
        this.file = file;
        this.verdict = verdict;
        this.state = new TransactionState(file);
        String comments = String.join("\n", file.comments().stream().map(SqlFile.Comment::text).toList())
                .toUpperCase(Locale.ROOT);
        this.documented = comments.contains("IRREVERSIBLE") && comments.contains("BACKUP");
    }

    /** What is dangerous about a file, by place, without what it waives; with its waivers that are none. */
    public static List<Finding> lint(SqlFile file, Verdict verdict) {
        Linter linter = new Linter(file, verdict);
        linter.walk();
        List<Finding> mistakes = new ArrayList<>();
        List<Waiver> waivers = Waiver.in(file, mistakes);
        return sorted(Stream.concat(mistakes.stream(), Waiver.apply(waivers, linter.findings, Set.of()).stream()));
    }

    /** The same for statements that stand in a change file, whose waivers stand elsewhere. */
    static List<Finding> unwaived(SqlFile file, Verdict verdict) {
        Linter linter = new Linter(file, verdict);
        linter.walk();
        return sorted(linter.findings.stream());
    }

    static List<Finding> sorted(Stream<Finding> findings) {
        return findings.sorted(Finding.IN_FILE).toList();
    }

    private void walk() {
        for (int i = 0; i < file.statements().size(); i++) {
            SqlFile.Placed placed = file.statements().get(i);
            Optional<Judged> judged = verdict.of(i);
            Situation situation = new Situation(
                    placed, Set.copyOf(made), new Evidence(judged, verdict.schemaKnown()), state.before(), documented);
            Stream.of(AlterChecks.of(situation), StatementChecks.of(situation), RowChecks.of(situation),
                    together.of(situation), judgement(situation, judged))
                    .flatMap(List::stream)
                    .forEach(complaint -> add(complaint.at(placed.spot())));
            Tables.made(placed.sql()).map(Phrase::bare).ifPresent(made::add);
            state.pass(placed.sql(), situation.evidence());
        }
    }

    /** Two actions of one statement that break the same rule are one finding. */
    private void add(Finding finding) {
        boolean known = findings.stream()
                .anyMatch(other -> other.rule() == finding.rule() && other.spot().equals(finding.spot()));
        if (!known) {
            findings.add(finding);
        }
    }

    private List<Complaint> judgement(Situation situation, Optional<Judged> judged) {
        if (verdict.whyNot().isPresent()) {
            // Said of each, since a waiver answers for one statement alone.
            return WordsSuffice.of(situation)
                    ? List.of()
                    : List.of(Complaint.of(
                            Rule.NOT_JUDGED,
                            "What this statement locks can't be known. " + verdict.whyNot().get()));
        }
        return judged.flatMap(Judged::error).map(error -> List.of(failed(judged.get(), error))).orElse(List.of());
    }

    private Complaint failed(Judged judged, Judged.Failure error) {
        Optional<Unjudged> unjudged = Unjudged.of(judged, "this statement");
        if (unjudged.isPresent()) {
            return new Complaint(
                    Rule.NOT_JUDGED, unjudged.get().fact(),
                    unjudged.get().remedy() + "; or waive this with how you know better.");
        }
        return error.isAboutSomethingMissing() && !verdict.schemaKnown()
                ? Complaint.of(
                        Rule.NOT_JUDGED,
                        "The shadow lacks what this statement works on: %s.".formatted(error.message()))
                : Complaint.of(
                        Rule.STATEMENT_FAILS,
                        "PostgreSQL refuses this statement: %s (SQLSTATE %s)."
                                .formatted(error.message(), error.sqlState()));
    }
}
