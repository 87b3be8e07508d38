package dev.neap.cli;

import java.util.List;

/** Lines at the bottom of a terminal that are drawn again and again. */
final class Screen {

    private static final String ERASE_BELOW = "\u001b[J";

    private final Terminal terminal;
    private int drawn;

    Screen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Draws these instead of those before. */
    void draw(List<String> lines) {
        // One less: a full last column makes some terminals begin a line.
        int width = terminal.width().getAsInt() - 1;
        draw(String.join("\n", lines.stream().map(line -> ProgressText.cut(line, width)).toList()), lines.size());
    }

    /**
     * Draws a picture instead of the one before.
     *
     * @param text what scrolls away above it, and then the picture
     * @param lines how many the picture has at the end of the text; 0 if it has none
     */
    void draw(String text, int lines) {
        terminal.err().print(erase() + text);
        terminal.err().flush();
        drawn = lines;
    }

    /** Leaves the screen as it was found. */
    void clear() {
        draw("", 0);
    }

    private String erase() {
        if (drawn == 0) {
            return "";
        }
        String up = drawn > 1 ? "\u001b[" + (drawn - 1) + "A" : "";
        drawn = 0;
        return "\r" + up + ERASE_BELOW;
    }
}
