package dev.neap.lint;

/**
 * What a check has against a statement, whose place others know.
 *
 * @param fact a sentence that names the object
 */
record Complaint(Rule rule, String fact, String remedy) {

    static Complaint of(Rule rule, String fact) {
        return new Complaint(rule, fact, rule.remedy());
    }

    Finding at(Spot spot) {
        return new Finding(rule, spot, fact, remedy);
    }
}
