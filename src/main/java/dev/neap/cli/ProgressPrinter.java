package dev.neap.cli;

import dev.neap.run.Progress;
import dev.neap.run.Watcher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run to whoever started it. A thread of its own prints: a terminal that was stopped (Ctrl-S) must not stop the
 * work.
 */
abstract class ProgressPrinter implements Watcher, AutoCloseable {

    /** At most five pictures a second: more can't be read. */
    static final Duration INTERVAL = Duration.ofMillis(200);

    private final Clock clock;
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Progress> latest = new AtomicReference<>();
    private @Nullable ScheduledExecutorService timer;

    ProgressPrinter(Clock clock) {
        this.clock = clock;
    }

    /** The printer that suits the terminal, at work until it is closed. */
    static ProgressPrinter start(Terminal terminal, Clock clock) {
        ProgressPrinter printer = terminal.live() ? new LiveLine(terminal, clock) : new PlainLines(terminal, clock);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                work -> Thread.ofPlatform().daemon().name("progress").unstarted(work));
        // It ends with the timer, and tick throws nothing.
        var unused = timer.scheduleWithFixedDelay(printer::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        printer.timer = timer;
        return printer;
    }

    @Override
    public final void progress(Progress progress) {
        latest.set(progress);
    }

    @Override
    public final void event(String line) {
        events.add(line);
    }

    /** Prints what has come up since the last time. */
    final synchronized void tick() {
        List<String> lines = new ArrayList<>();
        for (String line = events.poll(); line != null; line = events.poll()) {
            lines.add(line);
        }
        Instant now = clock.instant();
        print(lines, Optional.ofNullable(latest.get()), now);
    }

    /** Prints the events, each once, and maybe the progress. */
    abstract void print(List<String> events, Optional<Progress> progress, Instant now);

    /** Leaves the screen as it found it. */
    abstract void end();

    /** Prints what is left, and no more after that. */
    @Override
    public final void close() {
        if (timer != null) {
            timer.shutdown();
            try {
                if (!timer.awaitTermination(2, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        latest.set(null);
        tick();
        end();
    }
}
