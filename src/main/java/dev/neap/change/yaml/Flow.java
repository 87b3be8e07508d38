package dev.neap.change.yaml;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values as YAML on one line. */
final class Flow {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}0-9_()./ +-]*|[0-9]+[a-z]+");

    private Flow() {}

    static String of(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Flow::of).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case String text when !PLAIN.matcher(text).matches() ->
                "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            default -> value.toString();
        };
    }
}
