package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells whether the value that a cast makes always tells the value that it was made from, so that nothing is lost with the
 * old one. What is not known to be so, is not: {@code numeric} rounds, {@code jsonb} forgets the order of keys, a shorter
 * {@code varchar} cuts blanks off, {@code timestamptz} means another moment in another time zone.
 *
 * @param from the old type, as {@code format_type} prints it
 * @param to the new one, likewise
 */
record FaithfulCast(Identifier column, String from, String to) {

    /** Each holds all values of those before it. */
    private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");

    private static final Set<String> WORDS = Set.of("text", "character varying", "citext");

    /** Their text is one to one, and the same in every session. */
    private static final Set<String> WRITTEN_OUT = Set.of("smallint", "integer", "bigint", "numeric", "uuid", "boolean",
            "json", "jsonb", "inet", "cidr");

    private static final Set<List<String>> OTHERS = Set.of(
            List.of("smallint", "real"),
            List.of("smallint", "double precision"),
            List.of("integer", "double precision"),
            List.of("real", "double precision"),
            List.of("date", "timestamp without time zone"),
            List.of("cidr", "inet"),
            List.of("jsonb", "json"));

    private static final Pattern MODIFIED = Pattern.compile("([a-z ]+?)\\((\\d+)(?:,(-?\\d+))?\\)(.*)");

    /** A type with its modifiers: {@code numeric(10,2)}. */
    private record Type(String name, Optional<Integer> length, int scale) {
        static Type of(String text) {
            Matcher matcher = MODIFIED.matcher(text);
            return matcher.matches()
                    ? new Type(
                            matcher.group(1) + matcher.group(4),
                            Optional.of(Integer.valueOf(matcher.group(2))),
                            matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)))
                    : new Type(text.endsWith(".citext") ? "citext" : text, Optional.empty(), 0);
        }
    }

    /** @param using SQL that makes the new value; empty for a plain cast */
    boolean by(Optional<String> using) {
        return using.map(this::isPlain).orElse(true) && isFaithful(from, to);
    }

    /** Whether values of either type are read and written the same in every session. */
    boolean readsNoSettings() {
        return Stream.of(from, to).allMatch(type -> isWritten(Type.of(type.replace("[]", "")).name()));
    }

    /** {@code (code)::bigint} is what would be done without it. */
    boolean isPlain(String sql) {
        String bare = sql.replaceAll("[\\s()]", "").toLowerCase(Locale.ROOT);
        String name = column.sql().toLowerCase(Locale.ROOT);
        return bare.equals(name) || bare.equals(name + "::" + to.replaceAll("[\\s()]", "").toLowerCase(Locale.ROOT));
    }

    private static boolean isFaithful(String from, String to) {
        if (from.endsWith("[]") && to.endsWith("[]")) {
            return isFaithful(from.substring(0, from.length() - 2), to.substring(0, to.length() - 2));
        }
        Type old = Type.of(from);
        Type fresh = Type.of(to);
        if (old.equals(fresh)) {
            return true;
        }
        if (INTEGERS.contains(old.name()) && INTEGERS.contains(fresh.name())) {
            return INTEGERS.indexOf(old.name()) < INTEGERS.indexOf(fresh.name());
        }
        if (fresh.name().equals("numeric")) {
            return (INTEGERS.contains(old.name()) && fresh.scale() >= 0)
                    || (old.name().equals("numeric") && holds(old, fresh));
        }
        if (fresh.length().isPresent()) {
            return old.name().equals("character varying") && fresh.name().equals(old.name())
                    && old.length().filter(length -> length <= fresh.length().get()).isPresent();
        }
        return old.name().equals(fresh.name())
                || (WORDS.contains(fresh.name()) && isWritten(old.name()))
                || OTHERS.contains(List.of(old.name(), fresh.name()));
    }

    private static boolean isWritten(String type) {
        return WORDS.contains(type) || type.equals("character") || WRITTEN_OUT.contains(type);
    }

    /** A number that does not fit is refused; one with more digits after the point is rounded. */
    private static boolean holds(Type old, Type fresh) {
        return fresh.length().isEmpty() || (old.length().isPresent() && old.scale() <= fresh.scale());
    }
}
