package dev.neap.judgement;

import dev.neap.change.Problem;
import dev.neap.step.StepId;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL said of the author's statements in a plan.
 *
 * @param seen one a raw step, in the plan's order; none if there is no shadow, or no such step
 * @param refusals why no run may begin, each with its place in the file
 * @param waived what would be one if the file did not say that it does not matter
 */
public record Judgement(List<Seen> seen, List<Refusal> refusals, List<Waived> waived) {

    /**
     * Why no run may begin.
     *
     * @param place of what is refused, as compilers print it: {@code jobs/x.yaml:7}
     */
    public record Refusal(String place, Problem problem) {}

    /** What somebody says does not matter: the id of the rule, and the reason as written. */
    public record Waived(Refusal refusal, String rule, String reason) {}

    /**
     * What was seen of one step.
     *
     * @param up one a statement, up to the first that failed
     * @param down the same for taking it back; none if it can't be, or was not tried
     */
    public record Seen(StepId step, List<Observed> up, List<Observed> down) {
        public Seen {
            up = List.copyOf(up);
            down = List.copyOf(down);
        }
    }

    public Judgement {
        seen = List.copyOf(seen);
        refusals = List.copyOf(refusals);
        waived = List.copyOf(waived);
    }

    /** Of a plan without such statements. */
    public static Judgement none() {
        return new Judgement(List.of(), List.of(), List.of());
    }

    public Optional<Seen> of(StepId step) {
        return seen.stream().filter(one -> one.step().equals(step)).findFirst();
    }
}
