package dev.neap.lint;

import dev.neap.shadow.Judged;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL said of the statements of one file.
 *
 * @param judged one a statement, in their order; none if it could not be asked
 * @param whyNot why it could not: a sentence
 * @param schemaKnown whether the shadow had the schema that the file is for, so that what is missing there is missing
 */
public record Verdict(List<Judged> judged, Optional<String> whyNot, boolean schemaKnown) {

    public Verdict {
        judged = List.copyOf(judged);
    }

    public static Verdict of(List<Judged> judged, boolean schemaKnown) {
        return new Verdict(judged, Optional.empty(), schemaKnown);
    }

    public static Verdict impossible(String whyNot) {
        return new Verdict(List.of(), Optional.of(whyNot), false);
    }

    Optional<Judged> of(int statement) {
        return statement < judged.size() ? Optional.of(judged.get(statement)) : Optional.empty();
    }
}
