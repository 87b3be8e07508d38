package dev.neap.change.yaml;

import dev.neap.change.yaml.Place.Entry;
import dev.neap.change.yaml.Place.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping whose keys are names, with at least one.
 *
 * @param what it is, for messages
 * @param how how to write it: one sentence
 */
record MapOf<K, V>(Scalar<K> key, Shape<V> value, String what, String how)
        implements
            Shape<Map<K, V>> {

    @Override
    public Optional<Map<K, V>> read(Place place) {
        if (place.kind() != Kind.MAPPING) {
            place.refuseKind(what, how);
            return Optional.empty();
        }
        int written = place.size();
        if (written == 0) {
            place.refuse(place.label() + " is an empty mapping.", how);
            return Optional.empty();
        }
        List<Entry> entries = place.entries();
        Map<K, V> values = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Optional<K> name = key.parse(entry.key(), entry.value());
            Optional<V> read = value.read(entry.value());
            if (name.isPresent() && read.isPresent()) {
                values.put(name.get(), read.get());
            }
        }
        return values.size() == written ? Optional.of(values) : Optional.empty();
    }
}
