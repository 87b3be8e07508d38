package dev.neap.run;

import dev.neap.change.IrreversibleNote;
import dev.neap.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What a person should read before a change is completed.
 *
 * @param losses what data goes for good, as clauses; at least one
 * @param note what the change file says about it
 */
public record LastWord(List<String> losses, IrreversibleNote note) {

    public LastWord {
        losses = List.copyOf(losses);
    }

    static Optional<LastWord> of(Plan plan) {
        return plan.losses().isEmpty()
                ? Optional.empty()
                : plan.change().irreversible().map(note -> new LastWord(plan.losses(), note));
    }
}
