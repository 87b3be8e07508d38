package dev.neap.lint;

import dev.neap.shadow.Judged;
import dev.neap.shadow.Judged.Failure;
import java.util.Optional;

/**
 * Why a statement that failed on the shadow may well succeed on the target, so that its failure tells nothing.
 *
 * @param fact a sentence
 * @param remedy what gives an answer, as the beginning of a sentence
 */
public record Unjudged(String fact, String remedy) {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /**
     * Empty of a statement that did not fail, or that fails on the target too.
     *
     * @param called how the statement is to be called in the sentence
     */
    public static Optional<Unjudged> of(Judged judged, String called) {
        return judged.error().flatMap(failure -> of(failure, called));
    }

    private static Optional<Unjudged> of(Failure failure, String called) {
        if (failure.sqlState().equals(INSUFFICIENT_PRIVILEGE)) {
            return Optional.of(new Unjudged(
                    "The role that judges on the shadow may not do %s: %s.".formatted(called, failure.message()),
                    "Name a scratch server with --shadow-url"));
        }
        return Optional.empty();
    }
}
