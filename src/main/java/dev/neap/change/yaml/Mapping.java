package dev.neap.change.yaml;

import dev.neap.change.operation.Nearest;
import dev.neap.change.yaml.Place.Entry;
import dev.neap.change.yaml.Place.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A mapping with known keys.
 *
 * @param name what it is called in messages: {@code add_column}
 * @param anyOf keys of which at least one must be there; empty if there is no such rule
 * @param build makes the value; called only if there is no mistake
 */
record Mapping<T>(String name, List<Key<?>> keys, List<String> anyOf, Function<Fields, T> build)
        implements
            Shape<T> {

    Mapping {
        keys = List.copyOf(keys);
        anyOf = List.copyOf(anyOf);
    }

    @Override
    public Optional<T> read(Place place) {
        if (place.kind() != Kind.MAPPING) {
            place.refuseKind("a mapping", "Write its keys: " + sample() + ".");
            return Optional.empty();
        }
        List<Entry> entries = place.entries();
        boolean sound = entries.size() == place.size();
        Fields fields = new Fields();
        Set<String> present = new HashSet<>();
        for (Entry entry : entries) {
            present.add(entry.key());
            Optional<Key<?>> key = key(entry.key());
            if (key.isEmpty()) {
                refuseUnknown(entry);
            }
            sound &= key.isPresent() && readInto(fields, key.get(), entry.value());
        }
        sound &= complete(place, present);
        return sound ? Optional.of(build.apply(fields)) : Optional.empty();
    }

    private static <V> boolean readInto(Fields fields, Key<V> key, Place place) {
        Optional<V> value = key.shape().read(place);
        value.ifPresent(v -> fields.put(key, v));
        return value.isPresent();
    }

    private Optional<Key<?>> key(String word) {
        return keys.stream().filter(key -> key.name().equals(word)).findFirst();
    }

    private void refuseUnknown(Entry entry) {
        List<String> known = keys.stream().map(Key::name).toList();
        entry.value()
                .refuse(
                        "There is no key %s in %s.".formatted(entry.key().isEmpty() ? "\"\"" : entry.key(), name),
                        entry.key().matches("[\\w.-]*")
                                ? Nearest.of(entry.key(), known)
                                        .map(near -> "Did you mean " + near + "?")
                                        .orElse("Its keys are " + String.join(", ", known) + ".")
                                : "If it belongs to the value before it, put quotes around that: it holds a comma.");
    }

    private boolean complete(Place place, Set<String> present) {
        List<Key<?>> missing = keys.stream()
                .filter(key -> key.required() && !present.contains(key.name()))
                .toList();
        missing.forEach(key -> place.refuse(
                "Key %s is missing in %s.".formatted(key.name(), name), "Add it, such as " + key.sample() + "."));
        boolean none = !anyOf.isEmpty() && anyOf.stream().noneMatch(present::contains);
        if (none) {
            place.refuse(
                    "There is nothing to do in %s.".formatted(name), "Add the key " + String.join(" or ", anyOf) + ".");
        }
        return missing.isEmpty() && !none;
    }

    private String sample() {
        return keys.stream()
                .filter(key -> key.required() || keys.stream().noneMatch(Key::required))
                .map(Key::sample)
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
