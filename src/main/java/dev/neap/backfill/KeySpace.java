package dev.neap.backfill;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The space between the first and the last key of a table, as far as keys can be measured: by the first part of the key if
 * that is a number or a uuid, or by the block of a tuple address. Keys may lie unevenly in it.
 */
public final class KeySpace {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}");
    private static final Pattern ADDRESS = Pattern.compile("\\(([0-9]{1,10}),[0-9]{1,5}\\)");

    private static final Pattern TYPES = Pattern.compile("smallint|integer|bigint|uuid|numeric.*");

    private KeySpace() {}

    /**
     * Whether keys that begin with a column of this type can be measured: digits in a text do not sort as numbers.
     *
     * @param type as {@code format_type} prints it
     */
    static boolean measures(String type) {
        return TYPES.matcher(type).matches();
    }

    /**
     * How much of the way from {@code first} to {@code last} is behind.
     *
     * @param position the last key done; empty before the first
     * @return 0 to 1; empty if these keys can't be measured
     */
    public static OptionalDouble share(List<String> first, Optional<List<String>> position, List<String> last) {
        OptionalDouble from = measure(first);
        OptionalDouble to = measure(last);
        if (from.isEmpty() || to.isEmpty() || to.getAsDouble() <= from.getAsDouble()) {
            return OptionalDouble.empty();
        }
        if (position.isEmpty()) {
            return OptionalDouble.of(0);
        }
        OptionalDouble at = measure(position.get());
        return at.isEmpty()
                ? at
                : OptionalDouble.of(Math.clamp(
                        (at.getAsDouble() - from.getAsDouble()) / (to.getAsDouble() - from.getAsDouble()), 0, 1));
    }

    private static OptionalDouble measure(List<String> key) {
        String part = key.getFirst();
        if (NUMBER.matcher(part).matches()) {
            return OptionalDouble.of(Double.parseDouble(part));
        }
        if (UUID.matcher(part).matches()) {
            return OptionalDouble.of((double) Long.parseLong(part.substring(0, 8) + part.substring(9, 13), 16));
        }
        var address = ADDRESS.matcher(part);
        return address.matches() ? OptionalDouble.of(Double.parseDouble(address.group(1))) : OptionalDouble.empty();
    }
}
