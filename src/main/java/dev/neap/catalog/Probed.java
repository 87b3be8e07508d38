package dev.neap.catalog;

import java.util.List;

/**
 * The outcome of a round of probes.
 *
 * @param answers to the questions without a complaint
 * @param complaints in the order of the questions
 */
public record Probed(Answers answers, List<Complaint> complaints) {
    public Probed {
        complaints = List.copyOf(complaints);
    }
}
