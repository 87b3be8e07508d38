package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.run.ControlState;
import dev.neap.run.ProcessIdentity;
import dev.neap.run.Run;
import dev.neap.run.RunFailed;
import dev.neap.run.RunFailed.Reason;
import dev.neap.run.RunLog;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Asks something of a run that a process works on, on whatever machine, and waits until it is so. */
public final class RemoteControl {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final RunLog runs;
    private final ControlLog log;
    private final ControlStore control;
    private final TuningStore tuning;
    private final String self = ProcessIdentity.current().words();

    public RemoteControl(DataSource dataSource) {
        this(dataSource, Optional.empty());
    }

    /** @param usual the window of changes that do not say so themselves */
    public RemoteControl(DataSource dataSource, Optional<Window> usual) {
        Transactions transactions = new Transactions(dataSource);
        this.runs = new RunLog(dataSource, usual);
        this.log = new ControlLog(dataSource);
        this.control = new ControlStore(transactions);
        this.tuning = new TuningStore(transactions);
    }

    /** What is known of runs. */
    public RunLog runs() {
        return runs;
    }

    /** What is asked of them, and how far they are. */
    public ControlLog log() {
        return log;
    }

    /** How a run stands at one moment. */
    private record Sight(Run run, Asked asked, Optional<RunLog.Holder> holder) {

        boolean alive() {
            return holder.map(RunLog.Holder::alive).orElse(false);
        }

        /** Whether the process that was at work in {@code before} still is. */
        boolean isWorkedOnAsIn(Sight before) {
            return alive() && holder.map(RunLog.Holder::takenAt).equals(before.holder.map(RunLog.Holder::takenAt));
        }

        Answer answer(boolean reached, String message) {
            return new Answer(
                    run.change().value(), run.state(), asked.state(), reached, message, asked.settings());
        }
    }

    /**
     * Asks, and waits until it is reached.
     *
     * @param patience for how long to wait; not negative
     * @throws RunFailed if there is no such run, or it can't be asked for
     */
    public Answer ask(Request request, ChangeName change, Duration patience) {
        Sight before = look(change);
        Reply reply = Reply.to(request, change, before.run().state(), before.asked().state(), before.alive());
        return switch (reply.step()) {
            case IS_SO -> before.answer(true, reply.message());
            case IN_VAIN -> before.answer(false, reply.message());
            case REFUSE -> throw new RunFailed(Reason.WRONG_STATE, reply.message());
            case NOTE, NOTE_IN_VAIN -> {
                Asked unused = control.ask(change, request.asked(), self);
                yield look(change).answer(reply.step() == Reply.Step.NOTE, reply.message());
            }
            case ASK -> {
                Asked unused = control.ask(change, request.asked(), self);
                yield await(request, before, patience);
            }
            case WAIT -> await(request, before, patience);
        };
    }

    private Answer await(Request request, Sight before, Duration patience) {
        ChangeName change = before.run().change();
        Sight now = until(change, patience, sight -> !sight.isWorkedOnAsIn(before)
                || (request != Request.STOP && sight.asked().state() != request.asked()));
        String goOn = "neap %s %s".formatted(Reply.goOn(now.run().state()), change);
        if (!now.isWorkedOnAsIn(before)) {
            return request == Request.STOP
                    ? now.answer(true, "Change %s is stopped. Go on with: %s".formatted(change, goOn))
                    : now.answer(false, "Its process has ended meanwhile, and change %s is %s. Next: %s"
                            .formatted(change, now.run().state(), goOn));
        }
        ControlState state = now.asked().state();
        if (state == request.asked()) {
            return now.answer(false, notYet(request, change, patience));
        }
        if (state != request.reached()) {
            return now.answer(false, "%s asked for something else meanwhile, and change %s is %s. See: neap status %s"
                    .formatted(now.asked().by().orElse("Someone"), change, state, change));
        }
        return now.answer(true, switch (request) {
            case PAUSE -> "Change %s is paused: it holds nothing. Go on with: neap resume %s".formatted(change, change);
            case RESUME -> "Change %s goes on. See what it does with: neap watch %s".formatted(change, change);
            case STOP -> "Change %s is stopped. Go on with: %s".formatted(change, goOn);
        });
    }

    private static String notYet(Request request, ChangeName change, Duration patience) {
        String what = switch (request) {
            case PAUSE -> "paused";
            case RESUME -> "resumed";
            case STOP -> "stopped";
        };
        return patience.isZero()
                ? "Change %s was asked to be %s. See when it is with: neap status %s".formatted(change, what, change)
                : ("Change %s is not %s after %d s, but will be: the work at hand takes longer. See when it is with: neap"
                        + " status %s").formatted(change, what, patience.toSeconds(), change);
    }

    /**
     * Sets values, and waits until the run's process has taken notice.
     *
     * @param values as {@link Tunable#check} gave them; not empty
     * @param lasting for how long they count; until they are reset if empty
     * @throws RunFailed if there is no such run, or it is over, or watches no such signal of one's own
     */
    public Answer tune(ChangeName change, Map<Tunable, String> values, Optional<Duration> lasting, Duration patience) {
        Sight before = open(change);
        mustBeWatched(change, values);
        long number = tuning.tune(change, values, lasting, self);
        return heard(before, number, patience);
    }

    /**
     * What a process says it watches, also if it has died since. Signals that Neap knows may be begun to be watched by a later
     * one; those of one's own are only known by their names.
     */
    private void mustBeWatched(ChangeName change, Map<Tunable, String> values) {
        List<String> watched = log.progress(change)
                .map(told -> told.readings().stream().map(Published.SignalReading::signal).toList())
                .orElse(List.of());
        for (Tunable what : values.keySet()) {
            if (what instanceof SignalLimit limit && limit.isOfProbe() && !watched.contains(limit.signal())) {
                throw new RunFailed(Reason.WRONG_STATE, watched.isEmpty()
                        ? "Change %s has not told yet which signals it watches. Tune %s once it works on rows."
                                .formatted(change, limit.signal())
                        : "Change %s watches no signal %s. It watches %s."
                                .formatted(change, limit.signal(), String.join(", ", watched)));
            }
        }
    }

    /** Takes back all that was tuned, and waits likewise. */
    public Answer reset(ChangeName change, Duration patience) {
        Sight before = open(change);
        long number = tuning.reset(change, self);
        return heard(before, number, patience);
    }

    private Sight open(ChangeName change) {
        Sight sight = look(change);
        if (sight.run().state().isFinal()) {
            throw new RunFailed(
                    Reason.WRONG_STATE,
                    "Change %s is %s: nothing is left to tune.".formatted(change, sight.run().state()));
        }
        return sight;
    }

    private Answer heard(Sight before, long number, Duration patience) {
        ChangeName change = before.run().change();
        if (!before.alive()) {
            return look(change).answer(
                    true,
                    "Noted. No process works on change %s: it counts once someone goes on with neap %s %s."
                            .formatted(change, Reply.goOn(before.run().state()), change));
        }
        Sight now = until(
                change, patience, sight -> !sight.isWorkedOnAsIn(before) || sight.asked().heard() >= number);
        if (now.asked().heard() >= number) {
            return now.answer(true, "Change %s goes by it from its next chunk on.".formatted(change));
        }
        return now.answer(
                false,
                "Noted. The process that works on change %s has not taken notice yet. See: neap status %s"
                        .formatted(change, change));
    }

    private Sight look(ChangeName change) {
        Run run = runs.latest(change)
                .orElseThrow(() -> new RunFailed(
                        Reason.NO_SUCH_RUN,
                        "Change %s has never been run on this database. See which have: neap status"
                                .formatted(change)));
        if (!log.exists()) {
            throw new RunFailed(
                    Reason.WRONG_STATE,
                    ("Change %s is the work of Neap %s, which hears nothing through the database. Stop its process with"
                            + " Ctrl-C, and go on with this version.").formatted(change, run.version()));
        }
        // First who holds it: who has ended in between has said before what became of what was asked.
        Optional<RunLog.Holder> holder = runs.holder(change);
        return new Sight(runs.latest(change).orElse(run), log.asked(change), holder);
    }

    /** The first sight that is as wanted, or the last one before patience ran out. */
    private Sight until(ChangeName change, Duration patience, Predicate<Sight> wanted) {
        Instant deadline = Instant.now().plus(patience);
        Sight sight = look(change);
        while (!wanted.test(sight) && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            sight = look(change);
        }
        return sight;
    }
}
