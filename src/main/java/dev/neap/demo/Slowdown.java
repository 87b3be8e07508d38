package dev.neap.demo;

import dev.neap.run.Progress;
import dev.neap.run.Run;
import dev.neap.run.Watcher;
import dev.neap.step.Phase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Slows the standby down for some seconds, half-way through the backfill, and tells how the run yields and recovers. A run
 * that is over before is left alone.
 */
final class Slowdown implements AutoCloseable {

    /** How much of what the run writes the standby may replay. */
    private static final double FRACTION = 0.4;

    private static final Duration LOOKS = Duration.ofMillis(100);

    /** Over which time a rate is measured: chunks come in steps. */
    private static final Duration RECENT = Duration.ofSeconds(1);

    /** From which share of its earlier rate on the run counts as recovered. */
    private static final double RECOVERED = 0.8;

    private final DemoDatabase standby;
    private final Duration lasts;
    private final Lag lag;
    private final Thread thread;
    private final AtomicReference<Optional<Progress>> latest = new AtomicReference<>(Optional.empty());
    private final Deque<Look> looks = new ArrayDeque<>();
    private volatile Optional<Watcher> shown = Optional.empty();
    private volatile boolean stopped;

    private record Look(long nanos, long visited, long written) {}

    /** What happened between two looks, a second. */
    private record Rate(double rows, double bytes) {}

    private Slowdown(DemoDatabase standby, Duration lasts, Lag lag) {
        this.lasts = lasts;
        this.standby = standby;
        this.lag = lag;
        this.thread = Thread.ofPlatform().daemon().name("demo-slowdown").unstarted(this::work);
    }

    /**
     * Waits for the middle of the backfill, and ends when closed.
     *
     * @param lasts how long the standby is slow; in the second half the run should have found its new pace
     */
    static Slowdown prepare(DemoDatabase standby, Duration lasts, Lag lag) {
        Slowdown slowdown = new Slowdown(standby, lasts, lag);
        slowdown.thread.start();
        return slowdown;
    }

    /** Looks on at the run, and tells all of it to {@code display}, with lines of its own in between. */
    Watcher before(Watcher display) {
        shown = Optional.of(display);
        return new Watcher() {
            @Override
            public void begun(Run run) {
                display.begun(run);
            }

            @Override
            public void progress(Progress progress) {
                latest.set(Optional.of(progress));
                display.progress(progress);
            }

            @Override
            public void event(String line) {
                display.event(line);
            }

            @Override
            public void heartbeat(boolean held) {
                display.heartbeat(held);
            }
        };
    }

    private void work() {
        while (!halfWay()) {
            if (over() || !look()) {
                return;
            }
        }
        Optional<Rate> before = rate(RECENT);
        if (before.isPresent() && before.get().rows() > 0 && before.get().bytes() > 0) {
            slow(before.get());
        }
    }

    private void slow(Rate before) {
        double allowed = FRACTION * before.bytes();
        say("The standby is slowed down on purpose: it may replay %.1f of the %.1f MB/s that are written"
                .formatted(allowed / 1e6, before.bytes() / 1e6));
        lag.stage(Traffic.Stage.SLOWED);
        long begin = System.nanoTime();
        try (SlowReplay slow = SlowReplay.of(standby, before.bytes(), allowed)) {
            boolean told = false;
            while (slow.works() && since(begin).compareTo(lasts) < 0 && look()) {
                if (!told && since(begin).compareTo(lasts.dividedBy(2)) > 0) {
                    rate(RECENT).ifPresent(rate -> yields(rate, before));
                    told = true;
                }
            }
        }
        if (!stopped) {
            recover(before);
        }
        lag.stage(Traffic.Stage.DURING);
    }

    private void yields(Rate now, Rate before) {
        say("Neap yields: %,.0f rows/s instead of %,.0f, and the standby is %s behind (limit %s)"
                .formatted(now.rows(), before.rows(), seconds(lag.now()), seconds(lag.limit())));
    }

    private void recover(Rate before) {
        long end = System.nanoTime();
        say("The standby is fast again; it was at most %s behind"
                .formatted(seconds(lag.seen(Traffic.Stage.SLOWED).times().max())));
        looks.clear();
        while (look()) {
            Optional<Rate> now = rate(RECENT);
            if (now.isPresent() && now.get().rows() >= RECOVERED * before.rows()) {
                say("Neap is back at %,.0f rows/s, after %s".formatted(now.get().rows(), seconds(since(end))));
                return;
            }
        }
        if (!stopped) {
            say("The backfill was over before Neap was back at full speed");
        }
    }

    private boolean halfWay() {
        return latest.get()
                .filter(progress -> progress.phase() == Phase.BACKFILL && progress.total() > 0
                        && progress.visited() >= progress.total() / 2)
                .isPresent();
    }

    private boolean over() {
        return latest.get().filter(progress -> progress.phase().compareTo(Phase.BACKFILL) > 0).isPresent();
    }

    /** Waits a moment and then looks; false if the backfill is over. */
    private boolean look() {
        LockSupport.parkNanos(LOOKS.toNanos());
        latest.get()
                .filter(progress -> progress.phase() == Phase.BACKFILL)
                .ifPresent(progress -> looks.addLast(
                        new Look(System.nanoTime(), progress.visited(), lag.written())));
        return !stopped && !over();
    }

    /** Lately; empty if nothing was seen for that long. */
    private Optional<Rate> rate(Duration recent) {
        if (looks.isEmpty()) {
            return Optional.empty();
        }
        Look last = looks.getLast();
        Optional<Look> first = looks.stream()
                .filter(look -> look.nanos() <= last.nanos() - recent.toNanos())
                .reduce((one, next) -> next);
        return first.map(from -> {
            double seconds = (last.nanos() - from.nanos()) / 1e9;
            return new Rate((last.visited() - from.visited()) / seconds, (last.written() - from.written()) / seconds);
        });
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** {@code 1.4 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private void say(String line) {
        shown.ifPresent(display -> display.event(line));
    }

    /** The standby is fast again when this returns. May be called any number of times. */
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        Waiting.forEndOf(thread);
    }
}
