package dev.neap.run;

import dev.neap.catalog.Snapshot;
import dev.neap.catalog.SnapshotJson;
import dev.neap.change.Change;
import dev.neap.change.Fingerprint;
import dev.neap.change.Outline;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.plan.Collision;
import dev.neap.plan.Plan;
import dev.neap.plan.Planner;
import dev.neap.plan.Refused;
import dev.neap.run.RunFailed.Reason;
import dev.neap.step.StepId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What runs were begun from: plans them again, and refuses what does not go with it. */
final class Definitions {

    private final RunStore store;
    private final String version;

    /** @param version of this Neap */
    Definitions(RunStore store, String version) {
        this.store = store;
        this.version = version;
    }

    /**
     * The plan that the run began with.
     *
     * @param retuned the file at hand, if there is one: how fast it may go is taken from there
     * @throws RunFailed if this Neap would plan it otherwise
     */
    Plan replan(Run run, Optional<Change> retuned) {
        Change stored = new ChangeReader().read("(stored definition)", run.definition()).change();
        Change change = retuned.map(stored::tunedLike).orElse(stored);
        Plan plan = Planner.plan(change, SnapshotJson.read(run.snapshot()));
        if (!plan.fingerprint().equals(run.plan())) {
            throw new RunFailed(
                    Reason.WRONG_STATE,
                    ("Run %s of change %s was planned by Neap %s, and this Neap %s would plan it otherwise. Finish or roll"
                            + " back the run with Neap %s.")
                            .formatted(run.id(), run.change(), run.version(), version, run.version()));
        }
        return plan;
    }

    /** @throws RunFailed if the file does something else than the one that the run began with */
    void refuseEdited(Run run, ChangeFile file) {
        Fingerprint now = Fingerprint.of(file.change());
        if (now.equals(run.fingerprint())) {
            return;
        }
        Change stored = new ChangeReader().read("(stored definition)", run.definition()).change();
        List<String> differences = Outline.of(stored).differences(Outline.of(file.change()));
        String remedy = run.state().isFinal()
                ? "Give the new change a name of its own."
                : "Restore the file, or go on from the stored definition with: neap restart %1$s; or undo it with: neap rollback %1$s"
                        .formatted(run.change());
        throw new RunFailed(
                Reason.EDITED,
                "Change %s was begun from another definition (%s): %s. %s"
                        .formatted(run.change(), run.state(), String.join("; ", differences), remedy));
    }

    /**
     * A change that works on several tables hangs their columns on each other: while it is under way, no other one works
     * on any of them, nor does it begin where another one does. Of one table, two may be under way unless they collide.
     *
     * @throws RunFailed if there is such another change
     */
    void refuseOverlap(Plan plan) {
        Set<String> mine = plan.grounds()
                .stream()
                .map(ground -> ground.table().name().sql())
                .collect(Collectors.toCollection(TreeSet::new));
        for (Run other : store.unfinished()) {
            Set<String> theirs = tables(other);
            Optional<String> shared = mine.stream().filter(theirs::contains).findFirst();
            if (other.change().equals(plan.change().name()) || shared.isEmpty()) {
                continue;
            }
            Optional<String> why = Math.max(mine.size(), theirs.size()) > 1
                    ? Optional.of("each could undo what the other relies on")
                    : collision(plan, other);
            why.ifPresent(clause -> {
                throw new RunFailed(
                        Reason.WRONG_STATE,
                        "Change %s is %s and works on table %s too, and the two can't be under way at a time: %s. %s"
                                .formatted(
                                        other.change(), other.state(), shared.get(), clause,
                                        WaysOn.toItsEnd(other)));
            });
        }
    }

    private static Optional<String> collision(Plan plan, Run other) {
        try {
            return Collision.between(plan, stored(other));
        } catch (Refused e) {
            return Optional
                    .of("nobody can tell whether one undoes what the other relies on, for another Neap planned it");
        }
    }

    private static Plan stored(Run run) {
        return Planner.plan(
                new ChangeReader().read("(stored definition)", run.definition()).change(),
                SnapshotJson.read(run.snapshot()));
    }

    private static Set<String> tables(Run run) {
        Snapshot snapshot = SnapshotJson.read(run.snapshot());
        return Stream.concat(Stream.of(snapshot.table()), snapshot.neighbours().stream())
                .map(table -> table.name().sql())
                .collect(Collectors.toSet());
    }

    /**
     * A rollback can't take back what a backfill wrote; one that may do no row twice must not begin anew.
     *
     * @throws RunFailed if this plan would
     */
    void refuseTwice(Plan plan) {
        Optional<Run> former = store.newest(plan.change().name());
        if (former.isEmpty() || plan.steps().stream().noneMatch(planned -> plan.changesOnce(planned.id()))) {
            return;
        }
        // Its own plan tells which steps these were: in an edited file they may stand elsewhere.
        Plan was = stored(former.get());
        long changed = store.passes(plan.change().name())
                .stream()
                .filter(pass -> was.changesOnce(new StepId(pass.step())))
                .mapToLong(Outcome.Pass::changed)
                .sum();
        if (changed > 0) {
            throw new RunFailed(
                    Reason.WRONG_STATE,
                    ("Change %s was rolled back after it had changed %,d rows, which no rollback takes back, and running it"
                            + " again would change them twice. Put those rows right first; then give the change a new"
                            + " name.")
                            .formatted(plan.change().name(), changed));
        }
    }
}
