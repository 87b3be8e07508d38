package dev.neap.judgement;

import dev.neap.change.Problem;
import dev.neap.change.yaml.Allowed;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.judgement.Judgement.Refusal;
import dev.neap.judgement.Judgement.Seen;
import dev.neap.judgement.Rehearsal.Rehearsed;
import dev.neap.lint.FileWaivers;
import dev.neap.lint.FileWaivers.Sifted;
import dev.neap.lint.Rule;
import dev.neap.plan.Plan;
import dev.neap.plan.Refused;
import dev.neap.shadow.Judged;
import dev.neap.shadow.Shadow;
import dev.neap.shadow.ShadowFailed;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Asks PostgreSQL what the author's statements in a plan do. A shadow is made only if there are such. */
public final class PlanJudge {

    private final DataSource target;
    private final Shadows shadows;

    /** @param target whose catalog is read; nothing is run there */
    public PlanJudge(DataSource target, Shadows shadows) {
        this.target = target;
        this.shadows = shadows;
    }

    /** @param file that the plan was made of, with its waivers */
    public Judgement judge(Plan plan, ChangeFile file) {
        List<Allowed> allowed = new ChangeReader().allowed(file);
        List<RawStep> raws = RawStep.of(plan);
        if (raws.isEmpty()) {
            return judgement(file, List.of(), FileWaivers.sift(allowed, List.of(), Set.of()));
        }
        try (Shadow shadow = shadows.of(target)) {
            List<Rehearsed> rehearsed = new Rehearsal(shadow.judge()).of(plan, raws);
            // Whether there is a shadow depends on where Neap runs.
            return judgement(file, rehearsed, FileWaivers.sift(
                    allowed, Objections.of(rehearsed, shadow.lacking()), Set.of(Rule.NOT_JUDGED)));
        } catch (ShadowFailed e) {
            return judgement(file, List.of(), FileWaivers.sift(
                    allowed, Objections.unknown(raws, String.valueOf(e.getMessage())), FileWaivers.OF_RUNS));
        }
    }

    /**
     * Lets a plan pass.
     *
     * @throws Refused if they do more than the file says, fail, or nobody could be asked, and no waiver says that it does not
     *     matter
     */
    public void admit(Plan plan, ChangeFile file) {
        Judgement judgement = judge(plan, file);
        if (!judgement.refusals().isEmpty()) {
            throw new Refused(judgement.refusals().stream().map(Refusal::problem).toList());
        }
    }

    private static Judgement judgement(ChangeFile file, List<Rehearsed> rehearsed, Sifted sifted) {
        return new Judgement(
                rehearsed.stream()
                        .map(one -> new Seen(one.step().id(), observed(one.up()), observed(one.down())))
                        .toList(),
                sifted.left().stream().map(problem -> refusal(file, problem)).toList(),
                sifted.waived()
                        .stream()
                        .map(waived -> new Judgement.Waived(
                                refusal(file, waived.objection().problem()),
                                waived.objection().rule().id(),
                                waived.reason()))
                        .toList());
    }

    private static Refusal refusal(ChangeFile file, Problem problem) {
        return new Refusal(file.source() + ":" + file.line(problem.at()), problem);
    }

    private static List<Observed> observed(List<Judged> judged) {
        return judged.stream().map(Observed::of).toList();
    }
}
