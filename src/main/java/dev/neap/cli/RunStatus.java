package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.run.Run;
import dev.neap.run.RunLog;
import dev.neap.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a change stands, as {@code status} shows it. The component names are the keys of its JSON: they stay as they are.
 *
 * @param interrupted whether it should be worked on, and the process that did is gone
 * @param window in which it works; empty if at any time, or if there is nothing left to do
 * @param next what to type to go on; empty if there is nothing to do, or someone is at it
 */
record RunStatus(
        String change,
        long run,
        String table,
        RunState state,
        boolean interrupted,
        Optional<String> message,
        Optional<String> next,
        Optional<RunLog.Holder> holder,
        List<RunLog.StepProgress> steps,
        long quarantined,
        Optional<WindowStatus> window,
        String fingerprint,
        String neapVersion,
        Instant createdAt,
        Instant updatedAt) {

    static RunStatus of(Run run, RunLog log, Instant now) {
        ChangeName change = run.change();
        boolean working = isWorking(run.state());
        Optional<RunLog.Holder> holder = working ? log.holder(change) : Optional.empty();
        boolean alive = holder.map(RunLog.Holder::alive).orElse(false);
        return new RunStatus(
                change.value(),
                run.id().value(),
                run.table(),
                run.state(),
                working && !alive,
                run.message(),
                alive ? Optional.empty() : next(run.state(), change),
                holder,
                log.progress(change),
                log.quarantined(change),
                run.state().isFinal()
                        ? Optional.empty()
                        : log.hours(run).map(hours -> WindowStatus.of(hours, alive, now)),
                run.fingerprint().value(),
                run.version(),
                run.createdAt(),
                run.updatedAt());
    }

    private static boolean isWorking(RunState state) {
        return switch (state) {
            case RUNNING, COMPLETING, ROLLING_BACK -> true;
            case STOPPED, FAILED, READY, COMPLETED, ROLLED_BACK -> false;
        };
    }

    /** What to type in this state, if nobody works on the change. */
    static Optional<String> next(RunState state, ChangeName change) {
        return switch (state) {
            case RUNNING, STOPPED, FAILED -> Optional.of("neap restart " + change);
            case READY, COMPLETING -> Optional.of("neap complete " + change);
            case ROLLING_BACK -> Optional.of("neap rollback " + change);
            case COMPLETED, ROLLED_BACK -> Optional.empty();
        };
    }

    /** The state in words. */
    static String words(RunState state) {
        return switch (state) {
            case RUNNING -> "running";
            case STOPPED -> "stopped";
            case FAILED -> "failed";
            case READY -> "ready to complete";
            case COMPLETING -> "completing";
            case COMPLETED -> "completed";
            case ROLLING_BACK -> "rolling back";
            case ROLLED_BACK -> "rolled back";
        };
    }
}
