package dev.neap.preflight;

import java.util.ArrayList;
import java.util.List;

/** Text for a terminal of 120 columns. */
final class Paragraph {

    static final int WIDTH = 120;

    private Paragraph() {}

    /**
     * A label and its text, the lines after the first indented to where the text began; a word longer than the line
     * stands on its own.
     */
    static List<String> of(String label, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(label);
        String indent = " ".repeat(label.length());
        boolean empty = true;
        for (String word : text.strip().split("\\s+")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
