package dev.neap.cli;

import dev.neap.run.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** For logs and pipes: each event, and every ten seconds how far the run is, with the time in UTC. */
final class PlainLines extends ProgressPrinter {

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'")
            .withZone(ZoneOffset.UTC);

    private final Terminal terminal;
    private Optional<Instant> last = Optional.empty();
    private boolean waiting;

    PlainLines(Terminal terminal, Clock clock) {
        super(clock);
        this.terminal = terminal;
    }

    @Override
    void print(List<String> events, Optional<Progress> progress, Instant now) {
        events.forEach(event -> line(now, event));
        if (progress.isEmpty()) {
            return;
        }
        boolean waitsNow = progress.get().waiting().isPresent();
        boolean due = last.isEmpty() || !now.isBefore(last.get().plus(EVERY));
        if (due || (waitsNow && !waiting)) {
            line(now, ProgressText.ASCII.line(progress.get()));
            last = Optional.of(now);
        }
        waiting = waitsNow;
    }

    @Override
    void end() {
        terminal.err().flush();
    }

    private void line(Instant now, String text) {
        terminal.err().println(TIME.format(now) + " " + text);
    }
}
