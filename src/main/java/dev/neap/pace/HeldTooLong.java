package dev.neap.pace;

import java.time.Duration;

/** Signals have held a run for longer than it is set to wait; it can be gone on with. */
public final class HeldTooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HeldTooLong(Verdict.Hold hold, Duration held) {
        super(
                ("Signal %s has held the run for %d s: %s. That is longer than pace.max_hold allows, and pace.on_max_hold"
                        + " is fail. Cure it, or allow more, and run the change again: it goes on where it is.")
                        .formatted(hold.source(), held.toSeconds(), hold.reason()));
    }
}
