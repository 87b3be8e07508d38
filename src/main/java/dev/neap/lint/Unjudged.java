package dev.neap.lint;

import dev.neap.shadow.Judged;
import dev.neap.shadow.Judged.Failure;
import dev.neap.sql.SqlScript;
import dev.neap.sql.SqlStatement;
import java.util.Optional;
import java.util.Set;

/**
 * Why a statement that failed on the shadow may well succeed on the target, so that its failure tells nothing.
 *
 * @param fact a sentence
 * @param remedy what gives an answer, as the beginning of a sentence
 */
public record Unjudged(String fact, String remedy) {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** foreign_key_violation, and what code raises by itself, mostly after a look at rows: raise, no_data_found, assert. */
    private static final Set<String> BY_ROWS = Set.of("23503", "P0001", "P0002", "P0004");

    /** not_null_violation and check_violation: by rows where values are read, not where they are written out. */
    private static final Set<String> BY_VALUES = Set.of("23502", "23514");

    /**
     * Empty of a statement that did not fail, or that fails on the target too.
     *
     * @param called how the statement is to be called in the sentence
     */
    public static Optional<Unjudged> of(Judged judged, String called) {
        return judged.error().flatMap(failure -> of(judged, failure, called));
    }

    private static Optional<Unjudged> of(Judged judged, Failure failure, String called) {
        if (failure.sqlState().equals(INSUFFICIENT_PRIVILEGE)) {
            return Optional.of(new Unjudged(
                    "The role that judges on the shadow may not do %s: %s.".formatted(called, failure.message()),
                    "Name a scratch server with --shadow-url"));
        }
        boolean forWantOfRows = BY_ROWS.contains(failure.sqlState())
                || (BY_VALUES.contains(failure.sqlState()) && reads(judged.statement()));
        return forWantOfRows
                ? Optional.of(new Unjudged(
                        "Whether PostgreSQL refuses %s depends on rows, and on the shadow there are no rows: %s (SQLSTATE %s)."
                                .formatted(called, failure.message(), failure.sqlState()),
                        "Try it on a copy that has the rows"))
                : Optional.empty();
    }

    private static boolean reads(String text) {
        SqlStatement statement = SqlScript.of(text).statements().getFirst();
        return statement.has("SELECT") || statement.sort() == SqlStatement.Sort.CODE;
    }
}
