package dev.neap.run;

import dev.neap.step.Phase;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the steps of a run write how far they are; tells the watcher. A pass may be done in parts by several threads at
 * once: each part reports what it adds, and the board sums. The run waits when all of its open parts do.
 */
public final class ProgressBoard {

    private final Watcher watcher;
    private final InstantSource clock;
    private final List<Part> parts = new ArrayList<>();

    private Phase phase = Phase.EXPAND;
    private int step;
    private int steps;
    private String title = "";
    private Forecast forecast = new Forecast();
    private Stretch done = Stretch.NONE;
    private Optional<Window> window = Optional.empty();
    private Optional<String> waiting = Optional.empty();
    private Optional<String> source = Optional.empty();
    private Duration held = Duration.ZERO;
    private Duration unreported = Duration.ZERO;
    private Instant since;
    private Instant mark;

    public ProgressBoard(Watcher watcher, InstantSource clock) {
        this.watcher = watcher;
        this.clock = clock;
        this.since = clock.instant();
        this.mark = since;
    }

    /**
     * From now on work goes on only in a window.
     *
     * @param hours empty for at any time
     */
    public synchronized void within(Optional<Window> hours) {
        window = hours;
    }

    /** A step begins, of which no part is open yet. */
    public synchronized void begin(Phase newPhase, int number, int of, String what) {
        phase = newPhase;
        step = number;
        steps = of;
        title = what;
        parts.clear();
        forecast = new Forecast();
        done = Stretch.NONE;
        waiting = Optional.empty();
        source = Optional.empty();
        held = Duration.ZERO;
        unreported = Duration.ZERO;
        since = clock.instant();
        mark = since;
        publish();
    }

    /**
     * The step goes over rows.
     *
     * @param rows about how many, from the statistics; 0 if nobody knows
     */
    public synchronized void expect(long rows) {
        forecast.expect(rows);
    }

    /**
     * A part of the step's pass is taken up.
     *
     * @param before what was done of it before, by whatever process: it counts, but not as this one's speed
     */
    public synchronized Part part(Stretch before) {
        Part part = new Part(before);
        parts.add(part);
        done = done.plus(before);
        if (waiting.isPresent()) {
            endHold(clock.instant());
        }
        publish();
        return part;
    }

    /**
     * Nothing moves, in no part, for this reason.
     *
     * @param what holds, by its name in the documents: {@code server_away}
     */
    public synchronized void waiting(String what, String reason) {
        if (waiting.isEmpty()) {
            Instant now = clock.instant();
            unreported = unreported.plus(between(mark, now));
            mark = now;
        }
        waiting = Optional.of(reason);
        source = Optional.of(what);
        publish();
    }

    /** What kept the step from beginning has gone. */
    public synchronized void resumed() {
        if (waiting.isPresent()) {
            endHold(clock.instant());
            publish();
        }
    }

    /** Something that a person would want to read later. */
    public void event(String line) {
        watcher.event(line);
    }

    /** Work was done in the last {@code took}: a hold, if there was one, ended before it. */
    private double workedSince(Duration took) {
        Instant now = clock.instant();
        if (waiting.isPresent()) {
            endHold(now.minus(took));
        }
        double worked = seconds(unreported.plus(between(mark, now)));
        unreported = Duration.ZERO;
        mark = now;
        // Two parts may commit at the same instant.
        return Math.max(1e-6, worked);
    }

    private void endHold(Instant resumed) {
        Duration hold = between(mark, resumed);
        held = held.plus(hold);
        // While the window was closed, nothing was in the way: the outlook counts the closed hours to come.
        Instant began = mark;
        forecast.held(seconds(window.map(hours -> hours.open(began, began.plus(hold))).orElse(hold)));
        waiting = Optional.empty();
        source = Optional.empty();
        mark = mark.plus(hold);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** A wall clock may be set back. */
    private static Duration between(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }

    private void publish() {
        forecast.stands(done);
        Optional<Remaining> remaining = forecast.remaining();
        watcher.progress(new Progress(
                phase,
                step,
                steps,
                title,
                done.visited(),
                parts.isEmpty() ? 0 : forecast.total(),
                done.changed(),
                forecast.rowsPerSecond(),
                remaining,
                window.flatMap(hours -> remaining.flatMap(left -> left.within(hours, clock.instant()))),
                waiting,
                source,
                waiting.isPresent() ? held.plus(between(mark, clock.instant())) : held,
                since,
                (int) parts.stream().filter(part -> !part.closed).count()));
    }

    /** What one thread works on; safe to be used from any. */
    public final class Part implements AutoCloseable {

        private Stretch own;
        private Optional<String> reason = Optional.empty();
        private String holder = "";
        private boolean closed;

        private Part(Stretch before) {
            this.own = before;
        }

        /**
         * A chunk has been committed.
         *
         * @param more what it added
         * @param took how long it worked, up to now
         */
        public void chunk(Stretch more, Duration took) {
            synchronized (ProgressBoard.this) {
                reason = Optional.empty();
                closed = false;
                own = own.plus(more);
                done = done.plus(more);
                forecast.worked(workedSince(took), more.visited());
                publish();
            }
        }

        /** This part is gone over once more, from its beginning. */
        public void again() {
            synchronized (ProgressBoard.this) {
                own = own.again();
                done = sum();
                publish();
            }
        }

        /**
         * Nothing moves in this part, for this reason, until its next chunk.
         *
         * @param what holds it, by its name in the documents
         */
        public void waiting(String what, String why) {
            synchronized (ProgressBoard.this) {
                holder = what;
                reason = Optional.of(why);
                waitIfAllDo();
            }
        }

        /** Nobody works on it, until its next chunk at least; what was done stays counted. */
        @Override
        public void close() {
            synchronized (ProgressBoard.this) {
                closed = true;
                waitIfAllDo();
            }
        }

        private void waitIfAllDo() {
            List<Part> open = parts.stream().filter(part -> !part.closed).toList();
            if (open.stream().allMatch(part -> part.reason.isPresent())) {
                open.stream()
                        .findFirst()
                        .ifPresent(
                                part -> part.reason.ifPresent(why -> ProgressBoard.this.waiting(part.holder, why)));
            }
        }
    }

    private Stretch sum() {
        return parts.stream().map(part -> part.own).reduce(Stretch.NONE, Stretch::plus);
    }
}
