package dev.neap.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
     */
    static List<Finding> apply(List<Waiver> waivers, List<Finding> findings) {
        List<Finding> left = new ArrayList<>(findings);
        for (Waiver waiver : waivers) {
            Optional<Rule> rule = Rule.of(waiver.rule);
            if (rule.isEmpty() || !rule.get().mayBeWaived()) {
                left.add(mistake(waiver.spot, rule.isEmpty()
                        ? "There is no rule \"%s\".".formatted(waiver.rule)
                        : "Rule %s can't be waived.".formatted(waiver.rule),
                        "Write the id that stands in brackets behind the finding."));
            } else if (waiver.reason.isBlank()) {
                left.add(mistake(waiver.spot, "The waiver of %s gives no reason.".formatted(waiver.rule),
                        "Say after a colon why it does not matter here."));
            } else if (!left.removeIf(finding -> finding.rule() == rule.get() && waiver.covers(finding.spot()))) {
                left.add(mistake(waiver.spot, "The waiver of %s is not needed.".formatted(waiver.rule), "Remove it."));
            }
        }
        return left;
    }

    private boolean covers(Spot place) {
        return place.line() >= from && place.line() <= to;
    }

    private static Finding mistake(Spot spot, String fact, String remedy) {
        return new Finding(Rule.WAIVER, spot, fact, remedy);
    }
}
