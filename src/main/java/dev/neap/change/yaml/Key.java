package dev.neap.change.yaml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A key of a mapping in a change file.
 *
 * @param doc what it says, for who writes the file; sentences
 * @param example a legal value, as JSON has it: text, number, boolean, list or map of these
 */
record Key<T>(String name, Shape<T> shape, boolean required, String doc, Object example) {

    Key {
        example = sorted(example);
    }

    /** So that whatever shows it shows the same each time. */
    private static Object sorted(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Key::sorted).toList();
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((key, inner) -> sorted.put(String.valueOf(key), sorted(inner)));
                yield sorted;
            }
            default -> value;
        };
    }

    static <T> Key<T> required(String name, Shape<T> shape, String doc, Object example) {
        return new Key<>(name, shape, true, doc, example);
    }

    static <T> Key<T> optional(String name, Shape<T> shape, String doc, Object example) {
        return new Key<>(name, shape, false, doc, example);
    }

    /** The key with its example, as it would stand in a file: {@code columns: [email]}. */
    String sample() {
        return name + ": " + Flow.of(example);
    }
}
