package dev.neap.cli;

import dev.neap.run.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Two lines at the bottom of the screen that are drawn again and again; events scroll above them. */
final class LiveLine extends ProgressPrinter {

    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String ERASE_BELOW = "\u001b[J";
    private static final String YELLOW = "\u001b[33m";
    private static final String FAINT = "\u001b[2m";
    private static final String NORMAL = "\u001b[0m";
    private static final Duration WIDTH_HOLDS = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final ProgressText text;
    private int drawn;
    private int width;
    private Instant widthKnown = Instant.MIN;

    LiveLine(Terminal terminal, Clock clock) {
        super(clock);
        this.terminal = terminal;
        this.text = terminal.shows('█') ? ProgressText.BLOCKS : ProgressText.ASCII;
    }

    @Override
    void print(List<String> events, Optional<Progress> progress, Instant now) {
        if (widthKnown.isBefore(now.minus(WIDTH_HOLDS))) {
            // One less: a full last column makes some terminals begin a line.
            width = terminal.width().getAsInt() - 1;
            widthKnown = now;
        }
        StringBuilder screen = new StringBuilder(erase());
        events.forEach(event -> screen.append(event).append('\n'));
        if (progress.isPresent()) {
            List<String> lines = text.lines(progress.get(), now, width);
            screen.append(HIDE_CURSOR).append(lines.get(0)).append('\n');
            screen.append(paint(lines.get(1), progress.get().waiting().isPresent() ? YELLOW : FAINT));
            // Shown again with each picture: a process that is killed leaves it on.
            screen.append(SHOW_CURSOR);
            drawn = lines.size();
        }
        terminal.err().print(screen);
        terminal.err().flush();
    }

    @Override
    void end() {
        terminal.err().print(erase());
        terminal.err().flush();
    }

    private String erase() {
        if (drawn == 0) {
            return "";
        }
        String up = drawn > 1 ? "\u001b[" + (drawn - 1) + "A" : "";
        drawn = 0;
        return "\r" + up + ERASE_BELOW;
    }

    private String paint(String line, String colour) {
        return terminal.colour() ? colour + line + NORMAL : line;
    }
}
