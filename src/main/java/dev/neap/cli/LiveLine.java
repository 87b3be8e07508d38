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
    private static final String YELLOW = "\u001b[33m";
    private static final String FAINT = "\u001b[2m";
    private static final String NORMAL = "\u001b[0m";
    private static final Duration WIDTH_HOLDS = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final Screen screen;
    private final ProgressText text;
    private int width;
    private Instant widthKnown = Instant.MIN;

    LiveLine(Terminal terminal, Clock clock) {
        super(clock);
        this.terminal = terminal;
        this.screen = new Screen(terminal);
        this.text = terminal.shows('█') ? ProgressText.BLOCKS : ProgressText.ASCII;
    }

    @Override
    void print(List<String> events, Optional<Progress> progress, Instant now) {
        if (widthKnown.isBefore(now.minus(WIDTH_HOLDS))) {
            // One less: a full last column makes some terminals begin a line.
            width = terminal.width().getAsInt() - 1;
            widthKnown = now;
        }
        StringBuilder picture = new StringBuilder();
        events.forEach(event -> picture.append(event).append('\n'));
        List<String> lines = progress.map(p -> text.lines(p, now, width)).orElse(List.of());
        if (progress.isPresent()) {
            picture.append(HIDE_CURSOR).append(lines.get(0)).append('\n');
            picture.append(paint(lines.get(1), progress.get().waiting().isPresent() ? YELLOW : FAINT));
            // Shown again with each picture: a process that is killed leaves it on.
            picture.append(SHOW_CURSOR);
        }
        screen.draw(picture.toString(), lines.size());
    }

    @Override
    void end() {
        screen.clear();
    }

    private String paint(String line, String colour) {
        return terminal.colour() ? colour + line + NORMAL : line;
    }
}
