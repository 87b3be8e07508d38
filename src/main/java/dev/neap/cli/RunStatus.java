package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.control.Asked;
import dev.neap.control.Published;
import dev.neap.control.RemoteControl;
import dev.neap.control.Setting;
import dev.neap.run.ControlState;
import dev.neap.run.Run;
import dev.neap.run.RunHours;
import dev.neap.run.RunLog;
import dev.neap.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a change stands, as {@code status} shows it. The component names are the keys of its JSON: they stay as they are.
 *
 * @param interrupted whether it should be worked on, and the process that did is gone
 * @param control what is asked of it; empty if nothing is
 * @param tuned what goes before the change file and the configuration
 * @param progress how far it is, where it is not over
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
        Optional<Requested> control,
        List<Setting> tuned,
        Optional<RunProgress> progress,
        List<RunLog.StepProgress> steps,
        long quarantined,
        Optional<WindowStatus> window,
        String fingerprint,
        String neapVersion,
        Instant createdAt,
        Instant updatedAt) {

    /** What is asked, and reached; by whom and when it was asked. */
    record Requested(ControlState state, Optional<String> by, Optional<Instant> at) {}

    static RunStatus of(Run run, RemoteControl remote, Instant now) {
        RunLog log = remote.runs();
        ChangeName change = run.change();
        boolean working = isWorking(run.state());
        Optional<RunLog.Holder> holder = working ? log.holder(change) : Optional.empty();
        boolean alive = holder.map(RunLog.Holder::alive).orElse(false);
        boolean open = working || run.state() == RunState.STOPPED || run.state() == RunState.FAILED;
        Asked asked = remote.log().asked(change);
        Optional<Published> told = remote.log().progress(change).filter(any -> open);
        return new RunStatus(
                change.value(),
                run.id().value(),
                run.table(),
                run.state(),
                working && !alive,
                run.message(),
                alive ? Optional.empty() : next(run.state(), change),
                holder,
                requested(asked, alive).filter(any -> open),
                run.state().isFinal() ? List.of() : asked.settings(),
                told.map(published -> RunProgress.of(published, alive)),
                log.progress(change),
                log.quarantined(change),
                run.state().isFinal()
                        ? Optional.empty()
                        : log.hours(run).map(hours -> WindowStatus.of(known(hours, told), alive, now)),
                run.fingerprint().value(),
                run.version(),
                run.createdAt(),
                run.updatedAt());
    }

    /** What was asked of a process that is gone is no news, except for a pause: it holds for the next one too. */
    private static Optional<Requested> requested(Asked asked, boolean alive) {
        boolean isNews = switch (asked.state()) {
            case FREE -> false;
            case PAUSING, PAUSED -> true;
            case RESUMING, STOPPING -> alive;
        };
        return isNews ? Optional.of(new Requested(asked.state(), asked.by(), asked.at())) : Optional.empty();
    }

    /** Its process knows best how much is left. */
    private static RunHours known(RunHours hours, Optional<Published> told) {
        return new RunHours(
                hours.window(),
                hours.ignored(),
                told.flatMap(published -> published.progress().remaining()).or(hours::left));
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
