package dev.neap.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A print stream that hands on whole lines. */
final class LinePrinter extends PrintStream {

    LinePrinter(Consumer<String> lines) {
        super(new Lines(lines), true, StandardCharsets.UTF_8);
    }

    private static final class Lines extends ByteArrayOutputStream {

        private final Consumer<String> lines;

        Lines(Consumer<String> lines) {
            this.lines = lines;
        }

        @Override
        public synchronized void flush() {
            String text = toString(StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            if (end < 0) {
                return;
            }
            text.substring(0, end).lines().forEach(lines);
            if (end == 0) {
                lines.accept("");
            }
            byte[] rest = text.substring(end + 1).getBytes(StandardCharsets.UTF_8);
            reset();
            writeBytes(rest);
        }
    }
}
