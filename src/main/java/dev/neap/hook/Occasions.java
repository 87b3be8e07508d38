package dev.neap.hook;

import dev.neap.pace.Stopped;
import dev.neap.run.Outcome;
import dev.neap.run.Progress;
import dev.neap.run.Run;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes of what a run does the events that are worth telling. Pure; time comes with each call, and never goes back. */
final class Occasions {

    private final Run run;
    private final Duration heldAfter;

    private Optional<Progress> last = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private boolean told;

    /**
     * @param heldAfter how long a hold lasts before it is told; positive
     */
    Occasions(Run run, Duration heldAfter) {
        this.run = run;
        this.heldAfter = heldAfter;
    }

    Notice started(Instant now) {
        return notice(HookEvent.STARTED, run.state(), now, Optional.empty());
    }

    Optional<Notice> progress(Progress progress, Instant now) {
        Optional<Notice> resumed = Optional.empty();
        if (progress.waiting().isEmpty()) {
            resumed = told ? Optional.of(hold(HookEvent.RESUMED, now, false)) : Optional.empty();
            since = Optional.empty();
            told = false;
        } else {
            since = since.or(() -> Optional.of(now));
        }
        last = Optional.of(progress);
        return resumed;
    }

    /** To be asked now and then: a hold becomes worth telling by lasting. */
    Optional<Notice> tick(Instant now) {
        if (told || since.filter(from -> !now.isBefore(from.plus(heldAfter))).isEmpty()) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(hold(HookEvent.HELD, now, false));
    }

    /** The hold at hand lasts longer than it may. */
    Optional<Notice> overdue(Instant now) {
        if (since.isEmpty()) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(hold(HookEvent.HELD, now, true));
    }

    private Notice hold(HookEvent event, Instant now, boolean overdue) {
        Duration lasted = since.map(from -> Duration.between(from, now)).orElse(Duration.ZERO);
        return new Notice(
                event,
                run,
                run.state(),
                now,
                last.flatMap(Progress::waiting),
                Optional.of(new Notice.Hold(last.flatMap(Progress::source).orElse(""), lasted, overdue)),
                last);
    }

    Notice ended(Outcome outcome, Instant now) {
        HookEvent event = switch (outcome.state()) {
            case READY -> HookEvent.READY;
            case COMPLETED -> HookEvent.COMPLETED;
            case ROLLED_BACK -> HookEvent.ROLLED_BACK;
            case FAILED -> HookEvent.FAILED;
            case RUNNING, STOPPED, COMPLETING, ROLLING_BACK -> HookEvent.STOPPED;
        };
        return notice(event, outcome.state(), now, Optional.of(outcome.message()));
    }

    Notice failed(RuntimeException error, Instant now) {
        boolean stopped = error instanceof Stopped
                || (error instanceof RunFailed failure && failure.reason() == RunFailed.Reason.BUSY);
        RunState state = error instanceof RunFailed failure ? failure.state().orElse(run.state()) : run.state();
        return notice(
                stopped ? HookEvent.STOPPED : HookEvent.FAILED,
                state,
                now,
                Optional.of(error.getMessage() == null ? error.toString() : error.getMessage()));
    }

    private Notice notice(HookEvent event, RunState state, Instant now, Optional<String> reason) {
        return new Notice(event, run, state, now, reason, Optional.empty(), last);
    }
}
