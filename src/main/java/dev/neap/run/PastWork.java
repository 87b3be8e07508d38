package dev.neap.run;

import dev.neap.catalog.Snapshot;
import dev.neap.catalog.Table;
import dev.neap.change.Change;
import dev.neap.plan.Planner;
import dev.neap.plan.Refused;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Looks ahead from what is stored of a run, for those who do not work on it: rows passed in the open time in which the run
 * worked give the speed, the statistics what is left. Coarser than what the working process says: a quarter more or less.
 */
final class PastWork {

    /** Less says nothing. */
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private static final double DOUBT = 0.25;

    private PastWork() {}

    /**
     * @param rows in the table that a step goes over, from the statistics
     * @param moves of the run, in order
     */
    static Optional<Remaining> left(
            ToLongFunction<String> rows,
            List<RunLog.StepProgress> steps,
            List<RunLog.Moved> moves,
            Window window) {
        Optional<RunLog.StepProgress> atWork = steps.stream().filter(step -> !step.finished()).findFirst();
        Optional<Instant> last = steps.stream().map(RunLog.StepProgress::updatedAt).max(Instant::compareTo);
        if (atWork.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        Duration worked = worked(moves, last.get(), window);
        long passed = steps.stream().mapToLong(RunLog.StepProgress::visited).sum();
        long left = rows.applyAsLong(atWork.get().step()) - atWork.get().visited();
        if (worked.compareTo(ENOUGH) < 0 || passed <= 0 || left <= 0) {
            return Optional.empty();
        }
        double millis = (double) left / passed * worked.toMillis();
        return Optional.of(new Remaining(
                Duration.ofMillis(Math.round(millis * (1 - DOUBT))),
                Duration.ofMillis(Math.round(millis * (1 + DOUBT)))));
    }

    private static Duration worked(List<RunLog.Moved> moves, Instant last, Window window) {
        Duration worked = Duration.ZERO;
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i).to() == RunState.RUNNING || moves.get(i).to() == RunState.COMPLETING) {
                Instant until = i + 1 < moves.size() ? moves.get(i + 1).at() : last;
                worked = worked.plus(window.open(moves.get(i).at(), until));
            }
        }
        return worked;
    }

    /**
     * How many rows the table has that a step goes over, from the statistics when the run began; where another version of
     * Neap would plan otherwise, the change's own table.
     */
    static ToLongFunction<String> rows(Change change, Snapshot snapshot) {
        Map<String, Table> tables = tables(change, snapshot);
        return step -> tables.getOrDefault(step, snapshot.table()).shape().rows();
    }

    private static Map<String, Table> tables(Change change, Snapshot snapshot) {
        try {
            return Planner.plan(change, snapshot)
                    .steps()
                    .stream()
                    .collect(Collectors.toMap(step -> step.id().value(), step -> step.ground().table()));
        } catch (Refused e) {
            return Map.of();
        }
    }
}
