package dev.neap.change.yaml;

import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.Scope;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How the signals that Neap knows are written: each by its name, with the keys that it has. */
final class SignalsForm {

    private static final Map<SignalKind, Key<SignalOptions>> KEYS = keys();

    static final Mapping<Map<SignalKind, SignalOptions>> FORM = new Mapping<>(
            "signals", List.copyOf(KEYS.values()), List.of(), SignalsForm::options);

    private SignalsForm() {}

    private static Map<SignalKind, Key<SignalOptions>> keys() {
        Map<SignalKind, Key<SignalOptions>> keys = new LinkedHashMap<>();
        Stream.of(SignalKind.values()).forEach(kind -> keys.put(kind, key(kind)));
        return keys;
    }

    private static Map<SignalKind, SignalOptions> options(Fields fields) {
        Map<SignalKind, SignalOptions> options = new EnumMap<>(SignalKind.class);
        KEYS.forEach((kind, key) -> fields.find(key).ifPresent(said -> options.put(kind, said)));
        return options;
    }

    private static Key<SignalOptions> key(SignalKind kind) {
        Key<Boolean> enabled = Key.optional("enabled", Scalars.FLAG, "Whether it is watched at all.", true);
        Optional<Key<Double>> limit = kind.unit()
                .map(unit -> Key.optional(
                        "limit", SignalScalars.limit(unit), "Beyond it, work holds. Write " + unit.how() + ".",
                        unit.isBare() ? (Object) Double.valueOf(unit.example()).intValue() : unit.example()));
        Optional<Key<List<String>>> only = scope(kind, "only", "that count; all if left out.");
        Optional<Key<List<String>>> except = scope(kind, "except", "that don't count.");
        List<Key<?>> own = new ArrayList<>();
        own.add(enabled);
        limit.ifPresent(own::add);
        only.ifPresent(own::add);
        except.ifPresent(own::add);
        // What each chunk tells is not read at intervals.
        List<Key<?>> all = kind == SignalKind.CHUNK_TIME ? own : SamplingKeys.after(own.toArray(Key<?>[]::new));
        return Key.optional(
                kind.key(),
                new Mapping<>(
                        kind.key(),
                        all,
                        List.of(),
                        fields -> new SignalOptions(
                                fields.find(enabled),
                                limit.flatMap(fields::find),
                                kind == SignalKind.CHUNK_TIME ? Sampling.usual() : SamplingKeys.of(fields),
                                only.flatMap(fields::find).orElse(List.of()),
                                except.flatMap(fields::find).orElse(List.of()))),
                kind.doc(),
                limit.<Object>map(key -> Map.of("limit", key.example())).orElse(Map.of("enabled", true)));
    }

    private static Optional<Key<List<String>>> scope(SignalKind kind, String name, String doc) {
        return kind.scope() == Scope.NONE
                ? Optional.empty()
                : Optional.of(Key.optional(
                        name,
                        SignalScalars.names(kind.scope().words()),
                        "The %s %s".formatted(kind.scope().words(), doc),
                        List.of("one", "two")));
    }
}
