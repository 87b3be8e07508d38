package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@code neap} command in a process of its own, so that it can be killed. */
final class NeapProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path output;

    private NeapProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code neap args…} with this test's class path. */
    static NeapProcess start(Path directory, String... args) {
        return start(directory, Path.of(""), "dev.neap.app.Neap", List.of(args));
    }

    /** Starts a program of the tests instead, which may do several commands at once, where the build's files are found. */
    static NeapProcess start(Path directory, Class<?> program, List<String> args) {
        return start(directory, Path.of("").toAbsolutePath(), program.getName(), args);
    }

    private static NeapProcess start(Path directory, Path workplace, String program, List<String> args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                program));
        command.addAll(args);
        try {
            Path output = Files.createTempFile(directory, "neap", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(directory.resolve(workplace).toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            return new NeapProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL; returns once it is gone. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM; returns its exit code once it has ended by itself. */
    int terminate() {
        process.destroy();
        return await();
    }

    /** Its exit code, once it has ended. */
    int await() {
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(() -> "ends within " + PATIENCE_SECONDS + " s; output so far:\n" + output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Everything it has printed so far, both streams. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
