package dev.neap.change.yaml;

/**
 * A rule of lint that somebody says does not matter to a change.
 *
 * @param line where that stands; from 1
 * @param rule its id, known or not
 * @param reason as written
 */
public record Allowed(int line, String rule, String reason) {}
