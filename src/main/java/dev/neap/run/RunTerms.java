package dev.neap.run;

import dev.neap.change.Change;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The terms on which runs are carried out.
 *
 * @param leaseTtl without a heartbeat for so long, another process may take a change over; positive
 * @param outageGiveUp how long the server may stay away before a run gives up; not negative
 * @param version of this Neap
 * @param window in which changes may work that do not say so themselves; at any time if empty
 * @param clock tells progress how late it is
 */
public record RunTerms(
        Duration leaseTtl,
        Duration outageGiveUp,
        String version,
        Optional<Window> window,
        InstantSource clock) {

    /** At any time. */
    public RunTerms(Duration leaseTtl, Duration outageGiveUp, String version) {
        this(leaseTtl, outageGiveUp, version, Optional.empty(), InstantSource.system());
    }

    /** The window of a change. */
    Optional<Window> window(Change change) {
        return change.window().or(() -> window);
    }
}
