package dev.neap.lint;

import dev.neap.change.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody's word that a rule does not matter in one place.
 *
 * @param rule its id as written, which may be none
 * @param reason as written, which may be empty
 * @param from the first line that it is about
 * @param to the last line that it is about
 */
record Waiver(String rule, String reason, Spot spot, int from, int to) {

    private static final Pattern COMMENT = Pattern.compile("--\\s*neap:(\\w*)\\s*(.*)");
    private static final Pattern ALLOW = Pattern.compile("([\\w-]*)\\s*(?::\\s*(.*))?");

    /** Those of a file: each is about the statement that follows it. */
    static List<Waiver> in(SqlFile file, List<Finding> mistakes) {
        List<Waiver> waivers = new ArrayList<>();
        for (SqlFile.Comment comment : file.comments()) {
            Matcher said = COMMENT.matcher(comment.text());
            if (!said.lookingAt() || said.group(1).equals("transaction")) {
                continue;
            }
            Matcher allow = ALLOW.matcher(said.group(2).strip());
            if (!said.group(1).equals("allow") || !allow.matches()) {
                mistakes.add(mistake(comment.spot(), "\"%s\" is not known.".formatted(comment.text().strip()),
                        "Write -- neap:allow RULE: reason, or -- neap:transaction none."));
                continue;
            }
            Optional<SqlFile.Placed> next = file.statements()
                    .stream()
                    .filter(placed -> isAfter(placed.spot(), comment.spot()))
                    .findFirst();
            int line = next.map(placed -> placed.spot().line()).orElse(0);
            waivers.add(new Waiver(
                    allow.group(1), Optional.ofNullable(allow.group(2)).orElse("").strip(), comment.spot(), line,
                    line));
        }
        return waivers;
    }

    private static boolean isAfter(Spot spot, Spot comment) {
        return spot.line() > comment.line() || (spot.line() == comment.line() && spot.column() > comment.column());
    }

    /**
     * Takes away what is waived, and complains of waivers that are none: of an unknown rule, without a reason, of nothing.
     *
     * @param unsure rules of which nobody can tell here whether a waiver is needed
     */
    static List<Finding> apply(List<Waiver> waivers, List<Finding> findings, Set<Rule> unsure) {
        List<Finding> left = new ArrayList<>(findings);
        for (Waiver waiver : waivers) {
            Optional<Problem> mistake = mistake(
                    waiver.rule,
                    waiver.reason,
                    rule -> left.removeIf(finding -> finding.rule() == rule && waiver.covers(finding.spot()))
                            || unsure.contains(rule));
            mistake.ifPresent(problem -> left.add(mistake(waiver.spot, problem.fact(), problem.remedy())));
        }
        return left;
    }

    /**
     * Why a waiver is none, wherever it stands.
     *
     * @param needed whether there is something that it takes away; asked only of one that is right otherwise
     */
    static Optional<Problem> mistake(String id, String reason, Predicate<Rule> needed) {
        Optional<Rule> rule = Rule.of(id);
        if (rule.isEmpty() || !rule.get().mayBeWaived()) {
            return Optional.of(new Problem(
                    "",
                    rule.isEmpty()
                            ? "There is no rule \"%s\".".formatted(id)
                            : "Rule %s can't be waived.".formatted(id),
                    "Write the id that stands in brackets behind the finding."));
        }
        if (reason.isBlank()) {
            return Optional.of(new Problem(
                    "", "The waiver of %s gives no reason.".formatted(id), "Say why it does not matter here."));
        }
        return needed.test(rule.get())
                ? Optional.empty()
                : Optional.of(new Problem("", "The waiver of %s is not needed.".formatted(id), "Remove it."));
    }

    private boolean covers(Spot place) {
        return place.line() >= from && place.line() <= to;
    }

    private static Finding mistake(Spot spot, String fact, String remedy) {
        return new Finding(Rule.WAIVER, spot, fact, remedy);
    }
}
