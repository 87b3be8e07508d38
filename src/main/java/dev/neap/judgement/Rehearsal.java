package dev.neap.judgement;

import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.shadow.Judge;
import dev.neap.shadow.Judge.Ending;
import dev.neap.shadow.Judged;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays a plan's changes of structure on a shadow, in their order, so that the author's statements find what Neap's own
 * steps before them make. Nobody asks what those do: their cost is known. One that fails there is passed over, since the
 * shadow has no rows and no run.
 */
final class Rehearsal {

    private final Judge judge;

    Rehearsal(Judge judge) {
        this.judge = judge;
    }

    /**
     * What became of one raw step.
     *
     * @param up one a statement, up to the first that failed
     * @param down the same for taking it back, as the first thing after it was done; none if that failed
     */
    record Rehearsed(RawStep step, List<Judged> up, List<Judged> down) {}

    /** @throws dev.neap.shadow.ShadowFailed if the shadow is gone */
    List<Rehearsed> of(Plan plan, List<RawStep> raws) {
        List<Rehearsed> rehearsed = new ArrayList<>();
        for (PlannedStep planned : plan.steps()) {
            if (rehearsed.size() == raws.size()) {
                break;
            }
            Optional<RawStep> raw = raws.stream().filter(step -> step.id().equals(planned.id())).findFirst();
            if (raw.isPresent()) {
                rehearsed.add(rehearse(raw.get()));
            } else if (planned.step() instanceof DdlStep typed) {
                List<Judged> unused = typed.conduct() == Conduct.TRANSACTION
                        ? judge.together(typed.sql(), Ending.COMMITTED)
                        : judge.judge(typed.sql());
            }
        }
        return rehearsed;
    }

    private Rehearsed rehearse(RawStep raw) {
        List<Judged> up = raw.together() ? judge.together(raw.up(), Ending.COMMITTED) : judge.apart(raw.up());
        boolean failed = up.stream().anyMatch(judged -> judged.error().isPresent());
        if (failed || raw.down().isEmpty()) {
            return new Rehearsed(raw, up, List.of());
        }
        if (raw.together()) {
            return new Rehearsed(raw, up, judge.together(raw.down(), Ending.ROLLED_BACK));
        }
        List<Judged> down = judge.apart(raw.down());
        List<Judged> unused = judge.judge(raw.up());
        return new Rehearsed(raw, up, down);
    }
}
