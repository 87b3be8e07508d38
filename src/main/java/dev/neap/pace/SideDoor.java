package dev.neap.pace;

import java.time.Duration;
import java.util.Optional;

/**
 * Lets work in that is done beside chunks which change rows, such as reading ahead of them: only when such a chunk could
 * begin too, and counted at the turnstile while it is in, so that a pause has not been reached before it has left.
 */
public final class SideDoor {

    private final Turnstile turnstile;
    private final Pacer pacer;

    public SideDoor(Turnstile turnstile, Pacer pacer) {
        this.turnstile = turnstile;
        this.pacer = pacer;
    }

    /**
     * Comes in, if nothing is in the way; then {@link #leave} must follow.
     *
     * @param takes how long the work may well take; it must be over before a window closes
     * @return why not; empty if the caller is in
     */
    public Optional<Verdict.Hold> enter(Duration takes) {
        Optional<Verdict.Hold> shut = turnstile.enter();
        if (shut.isPresent()) {
            return shut;
        }
        boolean in = false;
        try {
            Optional<Verdict.Hold> inTheWay = pacer.inTheWay(Activity.CHANGE, takes);
            in = inTheWay.isEmpty();
            return inTheWay;
        } finally {
            if (!in) {
                turnstile.leave();
            }
        }
    }

    public void leave() {
        turnstile.leave();
    }
}
