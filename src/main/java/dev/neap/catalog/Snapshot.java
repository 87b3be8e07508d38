package dev.neap.catalog;

/**
 * All that a plan is made from besides the change itself: stored with the run, so that a restart plans the same steps
 * although the catalog has moved on.
 */
public record Snapshot(Table table, Answers answers) {}
