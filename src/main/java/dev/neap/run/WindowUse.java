package dev.neap.run;

import dev.neap.window.Window;
import java.util.Optional;

/** Whether a command heeds the window of its change. */
public enum WindowUse {
    /** Work waits while it is closed. */
    OBEY,
    /** Somebody said that this time it may be done at any hour; that is written down with the run. */
    IGNORE;

    private static final String IGNORED = "ignoring the window ";

    /** The window that counts. */
    Optional<Window> of(Optional<Window> window) {
        return this == OBEY ? window : Optional.empty();
    }

    /** What is written down of it; empty if there is nothing to be ignored. */
    Optional<String> note(String what, Optional<Window> window) {
        return ignored(window).map(ignored -> what + ", " + IGNORED + ignored);
    }

    /** The window that is ignored. */
    Optional<Window> ignored(Optional<Window> window) {
        return this == IGNORE ? window : Optional.empty();
    }

    /** Whether a run was moved on so, by the message of that move. */
    static boolean isIgnored(Optional<String> message) {
        return message.filter(text -> text.contains(IGNORED)).isPresent();
    }
}
