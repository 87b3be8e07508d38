package dev.neap.pace;

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
}
