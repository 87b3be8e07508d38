package dev.neap.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The terminal that this process was started from. */
public final class SystemTerminal {

    private SystemTerminal() {}

    public static Terminal open(Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean live = isTerminal(2) && !dumb;
        boolean person = isTerminal(0) && isTerminal(2);
        return new Terminal(
                System.out,
                System.err,
                live,
                live && environment.getOrDefault("NO_COLOR", "").isEmpty(),
                () -> width(environment.get("COLUMNS")),
                prompt -> person ? ask(prompt) : Optional.empty(),
                prompt -> person ? askPassword(prompt) : Optional.empty());
    }

    /** Whether 0 (input), 1 (output) or 2 (error) of this process is a terminal. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                String device = Files.readSymbolicLink(link).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
            }
        } catch (IOException e) {
            return false;
        }
        return console().isPresent();
    }

    /** From Java 22 on there may be a console without a terminal, and a method that tells. */
    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(SystemTerminal::isTerminal);
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static Optional<String> ask(String prompt) {
        System.err.print(prompt);
        System.err.flush();
        try {
            // Not closed: standard input belongs to the process.
            String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            // Someone who only ends the input is there, and says nothing.
            return Optional.of(line == null ? "" : line);
        } catch (IOException e) {
            return Optional.of("");
        }
    }

    /** Only where what is typed can be hidden. */
    private static Optional<String> askPassword(String prompt) {
        return console().map(console -> console.readPassword("%s", prompt)).map(String::new);
    }

    private static int width(@Nullable String columns) {
        if (columns != null && columns.matches("[1-9][0-9]{0,4}")) {
            return Integer.parseInt(columns);
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Terminal.DEFAULT_WIDTH;
            }
            String[] size = new String(stty.getInputStream().readAllBytes(), Charset.defaultCharset())
                    .strip()
                    .split(" ");
            int width = size.length == 2 ? Integer.parseInt(size[1]) : 0;
            return width > 0 ? width : Terminal.DEFAULT_WIDTH;
        } catch (IOException | NumberFormatException e) {
            return Terminal.DEFAULT_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Terminal.DEFAULT_WIDTH;
        }
    }
}
