package dev.neap.app;

import dev.neap.change.Change;
import dev.neap.control.Dials;
import dev.neap.control.Tuned;
import dev.neap.pace.Gate;
import dev.neap.pace.HoldLimit;
import dev.neap.pace.PaceTerms;
import dev.neap.pace.Pacer;
import dev.neap.pace.SignalSource;
import dev.neap.pace.Verdict;
import dev.neap.pace.WindowGate;
import dev.neap.pace.signal.Limits;
import dev.neap.pace.signal.Signals;
import dev.neap.plan.PlannedStep;
import dev.neap.preflight.estimate.RoughEstimate;
import dev.neap.run.Engine.Assignment;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pacer of the run at hand; its signals are read from the first step until this is closed. */
final class Pacing implements AutoCloseable {

    private final NeapSettings settings;
    private final Dials dials;
    private final InstantSource clock;
    private final Watching watching;
    private final Onlookers onlookers;
    private final WorkSite site = new WorkSite();
    private @Nullable Paced paced;

    /** What belongs to one change as it was read, in its window. */
    private record Paced(Change change, Optional<Window> window, Signals signals, Pacer pacer) {
        boolean suits(Assignment assignment) {
            return change.equals(assignment.plan().change()) && window.equals(assignment.window());
        }
    }

    /**
     * @param dials what is tuned goes before the change and the settings, from the next chunk on
     * @param clock tells whether a window is open, and how old a reading is
     */
    Pacing(NeapSettings settings, Watching watching, Onlookers onlookers, Dials dials, InstantSource clock) {
        this.settings = settings;
        this.watching = watching;
        this.onlookers = onlookers;
        this.dials = dials;
        this.clock = clock;
    }

    /**
     * The one pacer of all workers and steps of a run. May take a moment, until everything was read once; nobody else waits
     * for that.
     */
    Pacer of(Assignment assignment) {
        Paced there = paced(assignment);
        there.signals().awaitFirst();
        return there.pacer();
    }

    /** A step begins: from now on the signals of tables look at those that it changes. */
    void begins(Change change, PlannedStep step) {
        if (site.begins(change, step)) {
            now(change).ifPresent(Signals::tablesChanged);
        }
    }

    private synchronized Optional<Signals> now(Change change) {
        return Optional.ofNullable(paced).filter(there -> there.change().equals(change)).map(Paced::signals);
    }

    private synchronized Paced paced(Assignment assignment) {
        Paced there = paced;
        if (there == null || !there.suits(assignment)) {
            close();
            there = begin(assignment.plan().change(), assignment.window());
            paced = there;
        }
        return there;
    }

    private Paced begin(Change change, Optional<Window> window) {
        String name = change.name().value();
        Signals signals = watching.begin(change, () -> site.tables(change), limits(change));
        List<Gate> gates = Stream
                .concat(Stream.of(dials.turnstile()), window.map(WindowGate::new).stream())
                .toList();
        Pacer pacer = new Pacer(signals.sources(), gates, () -> terms(change), clock);
        signals.chunks().forEach(pacer::listen);
        onlookers.meters().watch(name, signals.sources());
        onlookers.listeners(name).forEach(pacer::listen);
        return new Paced(change, window, signals, pacer);
    }

    /** Why a step that changes the structure may not begin now, for as long as it may take. */
    Optional<Verdict.Hold> closed(Assignment assignment, PlannedStep planned) {
        return assignment.window()
                .flatMap(window -> new WindowGate(window)
                        .closed(clock.instant(), expected(planned)));
    }

    /** At worst: its lock is granted at the last moment, and the table is as slow to read as one may be. */
    private Duration expected(PlannedStep planned) {
        return settings.ddl()
                .lockTimeout()
                .plus(RoughEstimate.time(planned.step(), planned.ground().table()).high());
    }

    /** What is tuned goes before what is set, from the next look on. */
    private Limits limits(Change change) {
        return new Limits() {
            @Override
            public Duration maxReplicationLag() {
                return dials.get()
                        .maxReplicationLag()
                        .or(() -> change.pace().maxReplicationLag())
                        .orElse(settings.pace().maxReplicationLag());
            }

            @Override
            public OptionalLong maxReplicationBytes() {
                return dials.get().maxReplicationBytes().map(OptionalLong::of).orElseGet(OptionalLong::empty);
            }

            @Override
            public OptionalDouble tuned(String signal) {
                Double limit = dials.get().limits().get(signal);
                return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
            }
        };
    }

    /** Asked before each chunk. */
    private PaceTerms terms(Change change) {
        NeapSettings.Pace pace = settings.pace();
        Tuned tuned = dials.get();
        return new PaceTerms(
                tuned.chunkDuration()
                        .or(() -> change.backfill().chunkDuration())
                        .orElse(settings.chunk().duration()),
                tuned.pause().or(() -> change.backfill().pause()).orElse(settings.chunk().pause()),
                tuned.share().or(() -> change.pace().share()).orElse(pace.share()),
                new HoldLimit(pace.maxHold(), pace.onMaxHold()));
    }

    /** The signals that are read now. */
    synchronized List<SignalSource> signals() {
        return paced == null ? List.of() : paced.signals().sources();
    }

    @Override
    public synchronized void close() {
        if (paced != null) {
            paced.signals().close();
        }
    }
}
