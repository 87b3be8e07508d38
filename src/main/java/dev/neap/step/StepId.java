package dev.neap.step;

import java.util.regex.Pattern;

/**
 * The name of a step within its plan, the same at every restart: {@code 03-backfill}.
 *
 * @param value 1 to 100 characters: digits, lower-case letters, hyphens (Spring Batch stores step names in 100)
 */
public record StepId(String value) {

    private static final Pattern LEGAL = Pattern.compile("[a-z0-9-]{1,100}");

    public StepId {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + value + "\" is no step name.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
