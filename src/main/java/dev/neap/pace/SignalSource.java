package dev.neap.pace;

import java.time.Duration;

/** Something that is read now and then. */
public interface SignalSource {

    /** As in settings, metrics and the documents: {@code replication_lag}. */
    String name();

    /** For reasons shown to people: {@code replication lag}. */
    default String words() {
        return name().replace('_', ' ');
    }

    /** The last reading; never blocks. */
    Reading latest();

    /** How old the last reading may be until it counts as none; positive, and several times the sampling interval. */
    default Duration staleAfter() {
        return Duration.ofSeconds(4);
    }

    /** What to do when it can't be read, or was not read for longer than {@link #staleAfter}. */
    default OnUnreadable onUnreadable() {
        return OnUnreadable.HOLD;
    }
}
