package dev.neap.change;

import java.util.regex.Pattern;

/**
 * The name of a change, which is its identity.
 *
 * @param value 1 to 80 characters: lower-case letters, digits, hyphens, underscores and dots, a letter or digit first
 */
public record ChangeName(String value) {

    private static final Pattern LEGAL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");

    public ChangeName {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" can't name a change. Use 1 to 80 lower-case letters, digits, hyphens, underscores and dots."
                            .formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
