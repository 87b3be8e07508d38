package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Decides when each worker of a run may begin its next chunk, and how long that should take. One for all workers of a run;
 * safe to be used by all of them. Pure but for the clock: it only looks at the last reading of each signal.
 *
 * <ul>
 *   <li><b>Hold</b>: a gate is closed, or a signal is over its limit, can't be read, or was last read too long ago. No chunk
 *       begins.
 *   <li><b>Standbys</b> ({@link Reading.Replay}): all workers together may write so many bytes of WAL a second, others' WAL
 *       included, that the slowest standby keeps a small backlog:
 *       {@code allowed = replays + (target − backlog) / τ}, {@code target = min(0.28 · limit, 3 s) · replays}. Of that, others
 *       take what they write; the rest, divided by what a second of work costs in WAL, is a budget of seconds of work for
 *       all workers ({@link StandbyPace}, {@link WalCost}, {@link Budget}).
 *   <li><b>Other signals</b> ({@link Reading.Level}): each worker works a share of its time, which falls by a factor with each
 *       reading near the limit and rises by a tenth a second when there is room ({@link Yielding}). The least share of all
 *       signals counts, times the share that is set.
 * </ul>
 *
 * After a chunk of {@code d} seconds a worker rests {@code max(pause, d · (1 / share − 1))}, and until the budget allows
 * another chunk. A chunk should take as long as is set, times the square of the signals' share: others wait for one piece of
 * what is written at a time, so that smaller pieces help them sooner than fewer. And it adds no more WAL at once than a quarter
 * of a standby's target.
 */
public final class Pacer {

    /** The longest time until a worker that may not begin asks again. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private static final Duration SHORTEST_CHUNK = Duration.ofMillis(10);

    private final List<Governor> governors;
    private final List<? extends Gate> gates;
    private final Supplier<PaceTerms> terms;
    private final InstantSource clock;
    private final List<PaceListener> listeners = new CopyOnWriteArrayList<>();
    private final WorkLog log = new WorkLog();
    private final Budget budget = new Budget();
    private final Holding holding = new Holding(listeners);

    /**
     * @param gates are asked before the signals
     * @param terms may change at any time; asked before each chunk
     */
    public Pacer(
            List<? extends SignalSource> sources,
            List<? extends Gate> gates,
            Supplier<PaceTerms> terms,
            InstantSource clock) {
        this.governors = sources.stream().map(Governor::new).toList();
        this.gates = List.copyOf(gates);
        this.terms = terms;
        this.clock = clock;
    }

    /** Tells it everything from now on. */
    public void listen(PaceListener listener) {
        listeners.add(listener);
    }

    /** What holds now. */
    public PaceTerms terms() {
        return terms.get();
    }

    /** For one thread, until it is closed. */
    public Worker worker(Activity activity) {
        return new Worker(activity);
    }

    /** What a person should be told: that a hold is longer than it should be. Each is given out once. */
    public synchronized Optional<String> alert() {
        return holding.alert();
    }

    /** One thread that works chunk by chunk. */
    public final class Worker implements AutoCloseable {

        private final Activity activity;
        private boolean working;
        private boolean changes;
        private boolean owing;
        private double expected;
        private double took;
        private Instant ended = Instant.MIN;

        private Worker(Activity activity) {
            this.activity = activity;
            this.changes = activity != Activity.READ;
        }

        /**
         * Whether the next chunk may begin; if it may, now, then it counts as begun.
         *
         * @throws HeldTooLong if signals held for longer than is set, and that is set to end the run
         */
        public Verdict verdict() {
            synchronized (Pacer.this) {
                Instant now = clock.instant();
                end(now);
                Verdict verdict = decide(this, now);
                listeners.forEach(listener -> listener.verdict(verdict));
                return verdict;
            }
        }

        /**
         * Why no chunk may begin now; asked while the next one is not ready. Nothing begins by it.
         *
         * @throws HeldTooLong as {@link #verdict} does
         */
        public Optional<Verdict.Hold> hold() {
            synchronized (Pacer.this) {
                Instant now = clock.instant();
                end(now);
                Optional<Verdict.Hold> hold = held(this, terms.get(), opinions(changes, now), now);
                hold.ifPresent(verdict -> listeners.forEach(listener -> listener.verdict(verdict)));
                return hold;
            }
        }

        /** The chunk is over, whether it was committed or rolled back. */
        public void done(ChunkDone chunk) {
            synchronized (Pacer.this) {
                end(clock.instant());
                changes = activity != Activity.READ || chunk.changed() > 0;
                listeners.forEach(listener -> listener.done(chunk));
            }
        }

        /** How long its next chunk may well take. */
        private Duration usual(Duration wanted) {
            return took > Seconds.of(wanted) ? Seconds.duration(took) : wanted;
        }

        private void begin(Instant now, Duration chunk) {
            working = true;
            expected = took > 0 ? Math.min(took, Seconds.of(chunk)) : Seconds.of(chunk);
            log.begin(this, now);
            owing = changes;
            budget.owe(owing ? expected : 0);
            ended = now;
        }

        private void end(Instant now) {
            if (working) {
                working = false;
                log.end(this, now);
                took = Math.max(0, Seconds.between(ended, now));
                ended = now;
                budget.owe(owing ? took - expected : 0);
            }
        }

        /** Seconds to rest so that it works only this share of its time. */
        private double rest(double share, Duration pause, Instant now) {
            if (ended.equals(Instant.MIN)) {
                return 0;
            }
            double rest = Math.max(Seconds.of(pause), took * (1 / share - 1));
            return Math.max(0, rest - Seconds.between(ended, now));
        }

        @Override
        public void close() {
            synchronized (Pacer.this) {
                end(clock.instant());
            }
        }
    }

    /**
     * What is in the way of work beside the chunks, such as reading ahead of them. Nothing begins by it, and nobody is told.
     *
     * @param activity what those chunks do
     * @param takes how long that work may well take; where it is less than a chunk, as long as one
     */
    public synchronized Optional<Verdict.Hold> inTheWay(Activity activity, Duration takes) {
        Instant now = clock.instant();
        Duration chunk = terms.get().chunk();
        return obstacle(opinions(activity != Activity.READ, now), takes.compareTo(chunk) > 0 ? takes : chunk, now)
                .map(Obstacle::hold);
    }

    /** What keeps work from beginning: a signal, or else a gate. */
    private record Obstacle(Verdict.Hold hold, boolean signal) {}

    private Optional<Obstacle> obstacle(List<Governor.Opinion> opinions, Duration takes, Instant now) {
        return gates.stream()
                .flatMap(gate -> gate.closed(now, takes).stream())
                .findFirst()
                .map(closed -> new Obstacle(closed, false))
                .or(() -> opinions.stream()
                        .filter(opinion -> opinion.hold().isPresent())
                        .max(Comparator.comparingDouble(Governor.Opinion::pressure))
                        .flatMap(Governor.Opinion::hold)
                        .map(hold -> new Obstacle(hold, true)));
    }

    private List<Governor.Opinion> opinions(boolean changes, Instant now) {
        return governors.stream()
                .map(governor -> governor.look(now, log))
                .filter(opinion -> changes || !opinion.replay())
                .toList();
    }

    private Optional<Verdict.Hold> held(
            Worker worker,
            PaceTerms at,
            List<Governor.Opinion> opinions,
            Instant now) {
        Optional<Obstacle> obstacle = obstacle(opinions, worker.usual(at.chunk()), now);
        obstacle.ifPresent(found -> holding.holds(found.hold(), found.signal(), at.holds(), now));
        return obstacle.map(Obstacle::hold);
    }

    private Verdict decide(Worker worker, Instant now) {
        PaceTerms at = terms.get();
        List<Governor.Opinion> opinions = opinions(worker.changes, now);
        Optional<Verdict.Hold> hold = held(worker, at, opinions, now);
        if (hold.isPresent()) {
            return hold.get();
        }
        if (worker.activity == Activity.STRUCTURE) {
            holding.ends(now);
            return new Verdict.Proceed(Duration.ZERO, at.chunk(), Optional.empty());
        }
        Verdict.Proceed proceed = proceed(worker, at, opinions, now);
        if (proceed.now()) {
            holding.ends(now);
            worker.begin(now, proceed.chunk());
        }
        return proceed;
    }

    private static Optional<String> slowed(double set, Governor.Opinion tightest) {
        double share = set * tightest.share();
        return share < 1
                ? Optional.of("works %.0f %% of the time: %s"
                        .formatted(Math.max(1, 100 * share), tightest.share() < 1 ? tightest.what() : "as it is set"))
                : Optional.empty();
    }

    private Verdict.Proceed proceed(Worker worker, PaceTerms at, List<Governor.Opinion> opinions, Instant now) {
        Governor.Opinion tightest = opinions.stream()
                .min(Comparator.comparingDouble(Governor.Opinion::share))
                .orElse(Governor.Opinion.NONE);
        Replication.Limit slowest = opinions.stream()
                .map(Governor.Opinion::limit)
                .min(Comparator.comparingDouble(Replication.Limit::rate))
                .orElse(Replication.Limit.NONE);
        if (worker.changes) {
            budget.rate(slowest.rate(), now);
        }
        double rest = worker.rest(at.share() * tightest.share(), at.pause(), now);
        double wait = worker.changes ? budget.wait(Seconds.of(LOOK_AGAIN)) : 0;
        Optional<String> because = wait > rest
                ? slowest.because()
                : slowed(at.share(), tightest);
        Duration chunk = Seconds.duration(Math.min(
                tightest.share() * tightest.share() * Seconds.of(at.chunk()), slowest.chunk()));
        return new Verdict.Proceed(
                Seconds.duration(Math.max(rest, wait)),
                chunk.compareTo(SHORTEST_CHUNK) < 0 && at.chunk().compareTo(SHORTEST_CHUNK) >= 0
                        ? SHORTEST_CHUNK
                        : chunk,
                because);
    }
}
