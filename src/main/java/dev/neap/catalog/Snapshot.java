package dev.neap.catalog;

/**
 * All that a plan is made from besides the change itself: stored with the run, so that a restart plans the same steps
 * although the catalog has moved on.
 *
 * @param owned whether the role may alter the table, and so may put a trigger on it
 */
public record Snapshot(Table table, Answers answers, boolean owned) {

    /** Of a table that the role owns. */
    public Snapshot(Table table, Answers answers) {
        this(table, answers, true);
    }
}
