package dev.neap.change.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of a mapping that was read without a mistake, by key. */
final class Fields {

    private final Map<String, Object> values = new HashMap<>();

    <T> void put(Key<T> key, T value) {
        values.put(key.name(), value);
    }

    /** The value of an optional key. */
    @SuppressWarnings("unchecked") // put() lets in only what the key's shape reads
    <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key.name()));
    }

    /** The value of a required key. */
    <T> T get(Key<T> key) {
        return find(key).orElseThrow();
    }
}
