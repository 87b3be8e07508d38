package dev.neap.preflight.check;

import dev.neap.plan.Plan;
import java.util.List;

/** A note on lost data in a change that loses none: who reads it would look for the danger. */
final class SuperfluousNote implements Check {

    @Override
    public String id() {
        return "superfluous-note";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.plan()
                .filter(plan -> plan.change().irreversible().isPresent())
                .filter(plan -> !plan.destroys())
                .map(Plan::change)
                .map(change -> warning(
                        "change " + change.name(),
                        "Its file carries a note on data that goes for good (irreversible), but no step destroys any.",
                        "Leave the note out, so that it means something where it stands."))
                .stream()
                .toList();
    }
}
