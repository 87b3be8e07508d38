package dev.neap.plan;

import dev.neap.catalog.Table;

/**
 * A table that steps of a plan work on, as it was when the run began.
 *
 * @param table before the first step
 * @param walk how its rows are visited
 */
public record Ground(Table table, Walk walk) {}
