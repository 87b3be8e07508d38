package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.sql.Identifier;

/** The condition that a column is not what an expression says. */
final class Comparison {

    private Comparison() {}

    /**
     * {@code column IS DISTINCT FROM CAST(expression AS type)}; by their text where the type has no equality (json, xml,
     * point).
     */
    static String differs(Identifier column, String expression, String type, ExpressionFacts facts) {
        String wanted = "CAST((" + expression + ") AS " + type + ")";
        return facts.comparable()
                ? column + " IS DISTINCT FROM " + wanted
                : column + "::text IS DISTINCT FROM " + wanted + "::text";
    }
}
