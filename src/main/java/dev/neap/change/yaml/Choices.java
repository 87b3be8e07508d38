package dev.neap.change.yaml;

import dev.neap.change.operation.Nearest;
import dev.neap.change.yaml.Place.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Values of which one is chosen, by its name in lower case. */
final class Choices {

    private Choices() {}

    /**
     * @param what it is, for messages: {@code a setting}
     */
    static <E extends Enum<E>> Scalar<E> of(Class<E> type, String what) {
        List<String> names = Stream.of(type.getEnumConstants()).map(Choices::name).toList();
        return new Scalar<>(
                // To YAML 1.1, "off" and "on" are truth values.
                EnumSet.of(Kind.TEXT, Kind.FLAG),
                what,
                "Write one of " + String.join(", ", names) + ".",
                text -> Stream.of(type.getEnumConstants())
                        .filter(value -> name(value).equals(text))
                        .findFirst()
                        .orElseThrow(() -> unknown(text, names)),
                Map.of("enum", names));
    }

    private static Unfit unknown(String text, List<String> names) {
        return new Unfit(
                "There is no choice \"%s\" here.".formatted(text),
                Nearest.of(text, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Write one of " + String.join(", ", names) + "."));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
