package dev.neap.change.yaml;

import dev.neap.change.yaml.Place.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A single value.
 *
 * @param kinds the kinds of scalar that will do
 * @param what it is, for messages: {@code a name}
 * @param how how to write it: one sentence
 * @param schema what JSON Schema can say of it beyond its type
 */
record Scalar<T>(Set<Kind> kinds, String what, String how, Parse<T> parse, Map<String, Object> schema)
        implements
            Shape<T> {

    /** Turns a scalar's text into its value. */
    interface Parse<T> {
        /** @throws Unfit if there is no such value */
        T of(String text) throws Unfit;
    }

    @Override
    public Optional<T> read(Place place) {
        if (!kinds.contains(place.kind())) {
            boolean quotes = kinds.contains(Kind.TEXT)
                    && (place.kind() == Kind.INTEGER || place.kind() == Kind.DECIMAL || place.kind() == Kind.FLAG);
            place.refuseKind(what, quotes && schema.get("pattern") == null ? "Put it in quotes if it is meant." : how);
            return Optional.empty();
        }
        return parse(place.text(), place);
    }

    /** The same of a text that is of the right kind, such as a key. */
    Optional<T> parse(String text, Place place) {
        try {
            return Optional.of(parse.of(text));
        } catch (Unfit unfit) {
            place.refuse(unfit.fact(), unfit.remedy());
            return Optional.empty();
        }
    }
}
