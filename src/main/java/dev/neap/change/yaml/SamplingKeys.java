package dev.neap.change.yaml;

import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.WhenUnreadable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The keys that every signal has. */
final class SamplingKeys {

    private static final Key<Duration> EVERY = Key.optional(
            "every",
            Durations.between(Sampling.LEAST_EVERY, Sampling.MOST_EVERY),
            "How often it is read: 100ms to 10min.",
            "1s");
    private static final Key<Duration> STALE_AFTER = Key.optional(
            "stale_after",
            Durations.between(Sampling.LEAST_STALE, Sampling.MOST_STALE),
            "How old the last reading may be until it counts as none: 1s to 1h; four intervals and 2s if left out.",
            "10s");
    private static final Key<WhenUnreadable> ON_UNREADABLE = Key.optional(
            "on_unreadable",
            Choices.of(WhenUnreadable.class, "what is done"),
            "While it can't be read, work holds (hold), or goes on as if it were not there (ignore).",
            "hold");

    private SamplingKeys() {}

    /** These after others. */
    static List<Key<?>> after(Key<?>... own) {
        List<Key<?>> keys = new ArrayList<>(List.of(own));
        keys.addAll(List.of(EVERY, STALE_AFTER, ON_UNREADABLE));
        return keys;
    }

    static Sampling of(Fields fields) {
        return new Sampling(fields.find(EVERY), fields.find(STALE_AFTER), fields.find(ON_UNREADABLE));
    }
}
