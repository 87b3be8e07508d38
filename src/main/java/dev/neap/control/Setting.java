package dev.neap.control;

import java.time.Instant;
import java.util.Optional;

/**
 * A value that somebody has tuned.
 *
 * @param value as {@link Tunable#check} gives it
 * @param until when it runs out, by the server's clock; empty if it lasts until it is reset
 * @param by user@host (process)
 */
public record Setting(Tunable what, String value, Optional<Instant> until, String by, Instant at) {}
