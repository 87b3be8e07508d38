package dev.neap.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a row. */
sealed interface Outcome {

    ReadRow read();

    /** It stays as it is. */
    record Left(ReadRow read) implements Outcome {}

    /**
     * It is to be written.
     *
     * @param values of all columns to be written, as text
     */
    record Changed(ReadRow read, List<@Nullable String> values) implements Outcome {}

    /** It does not fit. */
    record Unfit(ReadRow read, String message) implements Outcome {}
}
