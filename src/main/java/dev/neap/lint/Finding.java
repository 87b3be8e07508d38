package dev.neap.lint;

import java.util.Comparator;

/**
 * One danger at one place.
 *
 * @param fact what is so, naming the object: a sentence
 * @param remedy what to do instead: a sentence
 */
public record Finding(Rule rule, Spot spot, String fact, String remedy) {

    /** By place in a file; files stay in their order. */
    static final Comparator<Finding> IN_FILE = Comparator
            .<Finding>comparingInt(finding -> finding.spot().line())
            .thenComparingInt(finding -> finding.spot().column())
            .thenComparing(Finding::rule);

    public Severity severity() {
        return rule.severity();
    }

    /** {@code V2__x.sql:3:1: error: fact remedy [rule]}. */
    @Override
    public String toString() {
        return "%s: %s: %s %s [%s]".formatted(spot, severity().word(), fact, remedy, rule.id());
    }
}
