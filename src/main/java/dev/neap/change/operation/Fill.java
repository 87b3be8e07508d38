package dev.neap.change.operation;

import dev.neap.step.BackfillStep.Assignment;

/**
 * One column's share of the pass over the table that all structural operations of a change have in common.
 *
 * @param pending the condition under which a row still needs it
 * @param always whether setting it on a row that is not pending changes nothing: then it needs no CASE
 */
public record Fill(Assignment assignment, String pending, boolean always) {}
