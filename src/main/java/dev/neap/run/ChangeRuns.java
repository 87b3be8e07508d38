package dev.neap.run;

import dev.neap.catalog.Snapshot;
import dev.neap.catalog.SnapshotJson;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.Fingerprint;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.jdbc.Transactions;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.plan.Planner;
import dev.neap.run.Engine.Assignment;
import dev.neap.run.Engine.Ended;
import dev.neap.run.RunFailed.Reason;
import dev.neap.run.Sessions.Session;
import dev.neap.window.Window;
import java.util.Optional;
import javax.sql.DataSource;

/** Begins runs, goes on with them, completes them and undoes them. */
public final class ChangeRuns implements Runs {

    private final DataSource dataSource;
    private final RunStore store;
    private final Sessions sessions;
    private final Inspection inspection;
    private final WayBack wayBack;
    private final UnusedIndexes unusedIndexes;
    private final RowsSetAside rowsSetAside;
    private final Admission admission;
    private final Worker worker;
    private final Definitions definitions;
    private final String version;
    private final Attendant attendant;
    private final String self = ProcessIdentity.current().words();

    /**
     * @param admission has the last word before a new run begins
     * @param attendant hears what others ask of the runs
     */
    public ChangeRuns(
            DataSource dataSource,
            Admission admission,
            Engine engine,
            RunTerms terms,
            Attendant attendant) {
        Transactions transactions = new Transactions(dataSource);
        this.dataSource = dataSource;
        this.store = new RunStore(transactions);
        this.sessions = new Sessions(dataSource, terms, attendant);
        this.inspection = new Inspection(dataSource);
        this.wayBack = new WayBack(transactions.jdbc(), inspection);
        this.unusedIndexes = new UnusedIndexes(transactions.jdbc());
        this.rowsSetAside = new RowsSetAside(new RunLog(dataSource));
        this.admission = admission;
        this.worker = new Worker(engine, attendant.stop(), terms);
        this.definitions = new Definitions(store, terms.version());
        this.version = terms.version();
        this.attendant = attendant;
    }

    @Override
    public Outcome run(ChangeFile file, WindowUse use, Watcher watcher) {
        Change change = file.change();
        try (Session session = sessions.open(change.name(), use, watcher)) {
            Optional<Run> known = store.newest(change.name()).filter(run -> run.state() != RunState.ROLLED_BACK);
            if (known.isEmpty()) {
                KeptFile.mustBePossible(dataSource, file);
                Snapshot snapshot = inspection.inspect(change);
                Plan plan = Planner.plan(change, snapshot);
                definitions.refuseTwice(plan);
                definitions.refuseOverlap(plan);
                admission.admit(plan, file, snapshot.answers());
                return forward(session, begin(session, file, plan, snapshot), plan);
            }
            definitions.refuseEdited(known.get(), file);
            return goOn(session, known.get(), Optional.of(change));
        }
    }

    @Override
    public Outcome restart(ChangeName name, WindowUse use, Watcher watcher) {
        try (Session session = sessions.open(name, use, watcher)) {
            return goOn(session, existing(name), Optional.empty());
        }
    }

    /** Tuning is taken from the file at hand, if there is one: only what the change does is fixed when the run begins. */
    private Outcome goOn(Session session, Run run, Optional<Change> retuned) {
        return switch (run.state()) {
            case RUNNING, STOPPED, FAILED -> {
                Plan plan = definitions.replan(run, retuned);
                Optional<String> note = session.note("started again", plan);
                yield forward(session, store.move(run, RunState.RUNNING, note, self), plan);
            }
            case READY ->
                already(session, run, "ready already; " + awaits(definitions.replan(run, retuned)));
            case COMPLETED -> already(session, run, "completed already; nothing was done");
            case ROLLED_BACK -> throw wrongState(run, "it was rolled back; run its file to begin anew");
            case COMPLETING -> throw wrongState(run, "its contract has begun; type: neap complete " + run.change());
            case ROLLING_BACK -> throw wrongState(run, "it is being undone; type: neap rollback " + run.change());
        };
    }

    private Run begin(Session session, ChangeFile file, Plan plan, Snapshot snapshot) {
        Change change = file.change();
        return store.begin(
                new RunStore.Beginning(
                        change.name(),
                        change.table().sql(),
                        Fingerprint.of(change),
                        file.text(),
                        SnapshotJson.write(snapshot),
                        plan.fingerprint()),
                version,
                session.note("begun", plan),
                self);
    }

    private Outcome forward(Session session, Run run, Plan plan) {
        if (attendant.stop().isRaised()) {
            return outcome(session, store.move(run, RunState.STOPPED, Optional.empty(), self), "Stopped.");
        }
        Ended ended = work(session, run, plan, Goal.RUN);
        return worker.persistently(() -> settle(session, run, plan, ended), session.lease(), session.board());
    }

    private Outcome settle(Session session, Run run, Plan plan, Ended ended) {
        return switch (ended) {
            case Ended.Done done -> {
                if (plan.hasGate()) {
                    String why = "everything before the gate is done and verified; " + awaits(plan);
                    Run ready = store.move(run, RunState.READY, Optional.of(why), self);
                    yield outcome(session, ready,
                            "Everything before the gate is done and verified; " + awaits(plan) + ".");
                }
                Run completed = store.move(run, RunState.COMPLETED, Optional.empty(), self);
                yield outcome(session, completed, "Everything is done; nothing was to contract.");
            }
            case Ended.Stopped stopped -> {
                Run now = store.move(run, RunState.STOPPED, Optional.empty(), self);
                yield outcome(session, now, "Stopped. Go on with: neap restart " + run.change());
            }
            case Ended.Failed failed -> {
                throw failed(run, RunState.FAILED, failed.cause());
            }
            case Ended.NotBegun refused -> throw new IllegalStateException("Only a contract has a last look.");
            case Ended.Interrupted interrupted -> throw new IllegalStateException("The worker goes on by itself.");
        };
    }

    @Override
    public Optional<LastWord> lastWord(ChangeName name) {
        NeapSchema.migrate(dataSource);
        return store.newest(name)
                .filter(run -> run.state() == RunState.READY || run.state() == RunState.COMPLETING)
                .map(run -> definitions.replan(run, Optional.empty()))
                .flatMap(LastWord::of);
    }

    @Override
    public Outcome complete(ChangeName name, WindowUse use, Consent consent, Watcher watcher) {
        try (Session session = sessions.open(name, use, watcher)) {
            Run run = existing(name);
            if (run.state() == RunState.COMPLETED) {
                return already(session, run, "completed already; nothing was done");
            }
            if (run.state() != RunState.READY && run.state() != RunState.COMPLETING) {
                throw wrongState(run, "only a change that is READY can be completed");
            }
            Plan plan = definitions.replan(run, Optional.empty());
            if (run.state() == RunState.READY) {
                unusedIndexes.refuse(plan, consent);
                rowsSetAside.refuse(plan, consent);
                store.forget(run.change(), plan.afterGate().stream().map(PlannedStep::id).toList());
            }
            LastWord.of(plan).ifPresent(word -> session.attention().agreed(word.note().words(), consent.how()));
            Run completing = store.move(run, RunState.COMPLETING, session.note("contract begun", plan), self);
            return last(session, completing, plan, Goal.COMPLETE, RunState.COMPLETED, "The old structure has gone.");
        }
    }

    @Override
    public Outcome rollback(ChangeName name, Watcher watcher) {
        try (Session session = sessions.open(name, WindowUse.OBEY, watcher)) {
            Run run = existing(name);
            if (run.state() == RunState.ROLLED_BACK) {
                return already(session, run, "rolled back already; nothing was done");
            }
            Plan plan = definitions.replan(run, Optional.empty());
            if (run.state() == RunState.COMPLETING || (run.state() == RunState.COMPLETED && plan.hasGate())) {
                throw wrongState(run, "what was contracted can't be taken back; write a new change instead");
            }
            wayBack.mustBeOpen(run, plan);
            Run undoing = store.move(run, RunState.ROLLING_BACK, Optional.empty(), self);
            return last(
                    session,
                    undoing,
                    plan,
                    Goal.ROLLBACK,
                    RunState.ROLLED_BACK,
                    "What the change had made is gone" + (plan.lasting().isEmpty() ? "" : "; " + plan.lasting()) + ".");
        }
    }

    /** Works towards a goal whose state stays the same until it is reached. */
    private Outcome last(Session session, Run run, Plan plan, Goal goal, RunState reached, String message) {
        Ended ended = work(session, run, plan, goal);
        return worker.persistently(
                () -> switch (ended) {
                    case Ended.Done done ->
                        outcome(session, store.move(run, reached, Optional.empty(), self), message);
                    case Ended.Stopped stopped ->
                        outcome(
                                session,
                                store.move(run, run.state(), Optional.of("stopped"), self),
                                "Stopped. Go on with: neap %s %s".formatted(verb(goal), run.change()));
                    case Ended.Failed failed -> {
                        throw failed(run, run.state(), failed.cause());
                    }
                    case Ended.NotBegun refused -> throw failed(run, RunState.READY, refused.cause());
                    case Ended.Interrupted interrupted ->
                        throw new IllegalStateException("The worker goes on by itself.");
                },
                session.lease(),
                session.board());
    }

    /** Writes down why, and says it. */
    private RunFailed failed(Run run, RunState state, Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        store.move(run, state, Optional.of(why), self);
        return new RunFailed(Reason.STEP_FAILED, why, cause, state);
    }

    private Ended work(Session session, Run run, Plan plan, Goal goal) {
        session.attention().watcher().begun(run);
        Optional<Window> window = switch (goal) {
            case RUN, COMPLETE -> session.window(plan);
            case ROLLBACK -> Optional.empty();
        };
        session.ignored(plan).ifPresent(hours -> store.ignored(run, hours, self));
        session.board().within(window);
        return worker.work(
                new Assignment(run, plan, goal, session.lease().token(), window), session.lease(), session.board());
    }

    @Override
    public void stop() {
        attendant.stop().raise();
    }

    private Run existing(ChangeName name) {
        return store.newest(name)
                .orElseThrow(() -> new RunFailed(
                        Reason.NO_SUCH_RUN,
                        "Change %s has no run in this database. Begin one with: neap run FILE; or look with: neap status"
                                .formatted(name)));
    }

    private static RunFailed wrongState(Run run, String why) {
        return new RunFailed(
                Reason.WRONG_STATE, "Change %s is %s: %s.".formatted(run.change(), run.state(), why));
    }

    private static String awaits(Plan plan) {
        return "it waits until this is so: " + plan.gate();
    }

    private static String verb(Goal goal) {
        return switch (goal) {
            case RUN -> "restart";
            case COMPLETE -> "complete";
            case ROLLBACK -> "rollback";
        };
    }

    /** @param what it is, as a clause */
    private static Outcome already(Session session, Run run, String what) {
        return Outcome.ofNoWork(
                run.id(), run.change().value(), run.state(), "%s is %s.".formatted(run.change(), what),
                session.lasted());
    }

    private Outcome outcome(Session session, Run run, String message) {
        return new Outcome(
                run.id(),
                run.change().value(),
                run.state(),
                message,
                store.passes(run.change()),
                session.lasted());
    }
}
