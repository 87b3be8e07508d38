package dev.neap.catalog;

import java.util.Optional;

/**
 * What PostgreSQL has against a part of a change.
 *
 * @param at the path of the question: {@code operations[0].add_column.from}; empty if nothing could be asked at all
 * @param message one sentence with its full stop
 * @param hint what to do, if PostgreSQL says, with its full stop
 */
public record Complaint(String at, String message, Optional<String> hint) {}
