package dev.neap.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Where a command talks to.
 *
 * @param out results, for people and pipes
 * @param err progress and messages
 * @param live whether {@code err} is a screen on which lines may be drawn again
 * @param colour whether colours are welcome
 * @param width of the screen, in columns; asked again now and then
 * @param ask shows a prompt and reads a line; empty when no person is there
 * @param askPassword the same without showing what is typed
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        boolean live,
        boolean colour,
        IntSupplier width,
        Function<String, Optional<String>> ask,
        Function<String, Optional<String>> askPassword) {

    static final int DEFAULT_WIDTH = 80;

    /** No person and no screen: a pipe, a file, a test. */
    public static Terminal plain(PrintStream out, PrintStream err) {
        return new Terminal(
                out, err, false, false, () -> DEFAULT_WIDTH, prompt -> Optional.empty(), prompt -> Optional.empty());
    }

    /** Whether the screen can show the character. */
    boolean shows(char character) {
        return err.charset().newEncoder().canEncode(character);
    }
}
