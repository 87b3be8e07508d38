package dev.neap.run;

import dev.neap.window.Window;
import java.util.Optional;

/**
 * The window of a run.
 *
 * @param ignored whether somebody said that it may work at any hour
 * @param left how much the pass at work still has to do, about; empty if none is at work, or nobody knows
 */
public record RunHours(Window window, boolean ignored, Optional<Remaining> left) {}
