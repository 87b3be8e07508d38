package dev.neap.window;

import java.time.Instant;

/**
 * When work will be done that goes on only while a window is open.
 *
 * @param at the instant at which it is done
 * @param openings in how many openings it is done, the one at hand included; ≥ 0
 */
public record Finish(Instant at, int openings) {}
