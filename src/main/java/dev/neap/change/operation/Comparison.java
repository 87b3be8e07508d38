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

    /**
     * The same for a column of a collation of its own, which may meet another one in the expression: where two stand against
     * each other PostgreSQL compares nothing. Byte by byte, since a collation may hold different values for equal.
     */
    static String differsInBytes(Identifier column, String expression, String type, ExpressionFacts facts) {
        String wanted = "CAST((" + expression + ") AS " + type + ")";
        return facts.comparable()
                ? column + " COLLATE pg_catalog.\"C\" IS DISTINCT FROM " + wanted
                : column + "::text COLLATE pg_catalog.\"C\" IS DISTINCT FROM " + wanted + "::text";
    }
}
