package dev.neap.hook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What hooks are told of. */
public enum HookEvent {
    /** A command has begun to work on a run, or goes on with it. */
    STARTED,
    /** Nothing has moved for as long as is set; told once more when it lasts longer than it may. */
    HELD,
    /** Something moves again, after a hold that was told. */
    RESUMED,
    /** The command was broken off by something that it can't mend by itself. */
    FAILED,
    /** Everything up to the gate is done and verified. */
    READY,
    /** Done. */
    COMPLETED,
    /** Undone. */
    ROLLED_BACK,
    /** Someone stopped it, or another process has taken it over; it can be gone on with. */
    STOPPED;

    /** As in settings and bodies: {@code rolled_back}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The event with that word. */
    public static Optional<HookEvent> of(String word) {
        return Arrays.stream(values()).filter(event -> event.word().equals(word)).findFirst();
    }
}
