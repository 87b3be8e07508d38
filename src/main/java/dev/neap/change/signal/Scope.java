package dev.neap.change.signal;

/** By whose name a signal may be narrowed down with {@code only} and {@code except}. */
public enum Scope {
    /** It can't be. */
    NONE("nothing"),
    /** {@code application_name} in pg_stat_replication. */
    STANDBY("standbys"),
    /** {@code slot_name} in pg_replication_slots. */
    SLOT("slots"),
    /** {@code application_name} in pg_stat_activity. */
    APPLICATION("applications");

    private final String words;

    Scope(String words) {
        this.words = words;
    }

    /** In the plural, for messages. */
    public String words() {
        return words;
    }
}
