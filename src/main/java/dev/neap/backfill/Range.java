package dev.neap.backfill;

import java.util.List;
import java.util.Optional;

/**
 * The rows that one transaction works on: those after {@code after} up to and including {@code upTo}.
 *
 * @param after empty for the first range of a table
 * @param visited how many rows were in it when it was laid out
 * @param size what was asked for, in units of the walk
 */
public record Range(Optional<List<String>> after, List<String> upTo, long visited, long size) {}
