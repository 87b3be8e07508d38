package dev.neap.change;

/**
 * What a change file says about data that goes for good: it stands there so that whoever reviews or completes the change
 * knows that somebody thought of it.
 *
 * @param backup where the data can be had from afterwards; not blank
 * @param retention how long it can be; not blank
 * @param approval who agreed, and when or where that is written; not blank
 */
public record IrreversibleNote(String backup, String retention, String approval) {

    public IrreversibleNote {
        if (backup.isBlank() || retention.isBlank() || approval.isBlank()) {
            throw new IllegalArgumentException(
                    "A note on lost data says where its backup is, how long, and who agreed.");
        }
    }

    /** {@code backup: …; retention: …; approval: …}. */
    public String words() {
        return "backup: %s; retention: %s; approval: %s".formatted(backup, retention, approval);
    }
}
