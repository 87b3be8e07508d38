package dev.neap.rows;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How values of a column's type travel to the server: all rows' values of it as one array, in text form.
 *
 * @param declared as {@code format_type} prints it, with its modifier
 * @param base without modifier, and the one under it if it is a domain
 * @param composite whether the base type is a composite
 * @param delimiter of its arrays ({@code pg_type.typdelim})
 */
record ColumnType(String declared, String base, boolean composite, char delimiter) {

    /** A cast to these cuts silently what an assignment would refuse. */
    private static final Pattern CUTS = Pattern.compile(
            "(character varying|character|bit varying|bit)\\(\\d+\\)(\\[\\])?");

    /** The type without a length that would cut values instead of refusing them. */
    private String uncut() {
        Matcher cuts = CUTS.matcher(declared);
        if (!cuts.matches()) {
            return declared;
        }
        String name = switch (cuts.group(1)) {
            case "character" -> "bpchar";
            case "bit" -> "bit varying";
            default -> cuts.group(1);
        };
        return cuts.group(2) == null ? name : name + "[]";
    }

    /** The parameter: an array of values, or of their texts. */
    String parameter() {
        return "CAST(? AS " + (travelsAsText() ? "text" : uncut()) + "[])";
    }

    /**
     * A value of the type, or one that is assigned to it.
     *
     * @param element of what {@link #parameter} is unnested to
     */
    String value(String element) {
        return travelsAsText() ? "CAST(" + element + " AS " + uncut() + ")" : element;
    }

    /** Between the elements of the parameter. */
    char parameterDelimiter() {
        return travelsAsText() ? ',' : delimiter;
    }

    /** Arrays of arrays don't exist, and arrays of composites unnest to their fields. */
    private boolean travelsAsText() {
        return composite || declared.endsWith("[]");
    }
}
