package dev.neap.backfill;

/**
 * A part of a unit that has a checkpoint of its own.
 *
 * @param number from 0, through all units
 * @param unit the oid of the leaf that it is a part of; 0 for the table as a whole
 * @param last whether it is the last one of its unit, which reaches to the end
 * @param finished whether it was when the segments were read
 */
public record Segment(int number, long unit, boolean last, boolean finished) {}
