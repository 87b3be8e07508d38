package dev.neap.change.yaml;

import dev.neap.change.yaml.Place.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list with at least one entry.
 *
 * @param what it is, for messages: {@code a list of operations}
 * @param how how to write it: one sentence
 */
record ListOf<E>(Shape<E> element, String what, String how) implements Shape<List<E>> {

    @Override
    public Optional<List<E>> read(Place place) {
        if (place.kind() != Kind.LIST) {
            place.refuseKind(what, how);
            return Optional.empty();
        }
        List<Place> items = place.items();
        if (items.isEmpty()) {
            place.refuse(place.label() + " is an empty list.", how);
            return Optional.empty();
        }
        List<E> values = new ArrayList<>();
        items.forEach(item -> element.read(item).ifPresent(values::add));
        return values.size() == items.size() ? Optional.of(values) : Optional.empty();
    }
}
