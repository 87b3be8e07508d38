package dev.neap.pace;

/** Something that is read now and then. */
public interface SignalSource {

    /** For reasons shown to people: {@code replication lag}. */
    String name();

    /** The last reading; never blocks. */
    Reading latest();
}
