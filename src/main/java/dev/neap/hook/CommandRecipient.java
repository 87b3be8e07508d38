package dev.neap.hook;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program on this machine: run without a shell, the body on its standard input. What it prints is not kept. Neap's own
 * passwords are taken out of its environment.
 *
 * @param command the program and its arguments; not empty
 */
public record CommandRecipient(List<String> command) implements Recipient {

    public CommandRecipient {
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw new IllegalArgumentException("A command needs a program.");
        }
        command = List.copyOf(command);
    }

    @Override
    public String words() {
        return "command " + command.getFirst();
    }

    @Override
    public void tell(Message message, Duration within) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        withoutSecrets(builder.environment());
        builder.environment().putAll(message.variables());
        Process process = builder.start();
        try {
            feed(process, message.body());
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it did not end within %d ms, and was ended".formatted(within.toMillis()));
            }
            if (process.exitValue() != 0) {
                throw new IOException("it ended with code " + process.exitValue());
            }
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    static void withoutSecrets(Map<String, String> environment) {
        environment.keySet()
                .removeIf(
                        name -> name.equals("PGPASSWORD")
                                || name.startsWith("NEAP_")
                                || name.startsWith("SPRING_"));
    }

    /** A body fits into a pipe, so a program that does not read it holds nobody up. */
    private static void feed(Process process, String body) {
        try (OutputStream input = process.getOutputStream()) {
            input.write((body + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It closed its input, or has ended: its exit code says whether that is right.
        }
    }
}
