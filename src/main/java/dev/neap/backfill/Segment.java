package dev.neap.backfill;

/**
 * A part of a table that has a checkpoint of its own.
 *
 * @param number from 0
 * @param last whether it is the last one, which reaches to the end of the table
 */
public record Segment(int number, boolean last) {}
