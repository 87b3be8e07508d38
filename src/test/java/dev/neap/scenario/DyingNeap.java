package dev.neap.scenario;

import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.run.Outcome;
import dev.neap.run.Progress;
import dev.neap.run.Runs;
import dev.neap.run.Watcher;
import dev.neap.run.WindowUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that does several commands at once, each on a database of its own. Each stands still at the first boundary
 * between two steps that it meets for the first time: what the step did is committed, and nothing of Neap has taken note of
 * it yet. Once all stand still or have ended, the process is gone, with nothing closed and nothing told.
 */
final class DyingNeap {

    private final CountDownLatch busy;

    private DyingNeap(int commands) {
        this.busy = new CountDownLatch(commands);
    }

    /** What one command is to do. Its files: the boundaries {@code seen}, and how it {@code ended} if it did. */
    record Command(Path directory, String url, String user, String verb, String file) {

        private static final int ARGUMENTS = 5;

        List<String> arguments() {
            return List.of(directory.toString(), url, user, verb, file);
        }

        private static List<Command> of(String... arguments) {
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < arguments.length; i += ARGUMENTS) {
                commands.add(new Command(
                        Path.of(arguments[i]), arguments[i + 1], arguments[i + 2], arguments[i + 3],
                        arguments[i + 4]));
            }
            return commands;
        }

        Path seen() {
            return directory.resolve("seen");
        }

        Path ended() {
            return directory.resolve("ended");
        }

        private Outcome carriedOutBy(Runs runs, Watcher watcher) {
            var change = new ChangeReader().read(Path.of(file));
            ChangeName name = change.change().name();
            return switch (verb) {
                case "run" -> runs.run(change, WindowUse.IGNORE, watcher);
                case "complete" -> runs.complete(name, WindowUse.IGNORE, watcher);
                case "rollback" -> runs.rollback(name, watcher);
                default -> throw new IllegalArgumentException(verb);
            };
        }
    }

    public static void main(String... arguments) throws InterruptedException {
        List<Command> commands = Command.of(arguments);
        DyingNeap neap = new DyingNeap(commands.size());
        commands.forEach(command -> Thread.ofPlatform().daemon().start(() -> neap.carryOut(command)));
        neap.busy.await();
        Runtime.getRuntime().halt(137);
    }

    // Whatever goes wrong is the parent's to see.
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void carryOut(Command command) {
        AtomicBoolean still = new AtomicBoolean();
        try (InProcess neap = InProcess.on(
                command.url(), command.user(), Map.of("neap.backfill.chunk-duration", "20ms"))) {
            Outcome outcome = command.carriedOutBy(neap.runs(), new Boundaries(command, still));
            write(command.ended(), outcome.state().name());
        } catch (RuntimeException e) {
            e.printStackTrace();
            write(command.ended(), String.valueOf(e.getMessage()));
        } finally {
            if (!still.get()) {
                busy.countDown();
            }
        }
    }

    private static void write(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands still at the first one that is new. */
    private final class Boundaries implements Watcher {

        private final Command command;
        private final AtomicBoolean still;
        private final Set<String> seen;

        Boundaries(Command command, AtomicBoolean still) {
            this.command = command;
            this.still = still;
            try {
                this.seen = new HashSet<>(
                        Files.exists(command.seen()) ? Files.readAllLines(command.seen()) : List.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void progress(Progress progress) {}

        @Override
        public void event(String line) {
            String boundary = command.verb() + ": " + line.replaceAll("[0-9]+", "#").replaceAll("\\s+", " ");
            boolean done = line.endsWith("was so already");
            if (!done && !seen.contains(boundary) && still.compareAndSet(false, true)) {
                write(command.seen(), boundary);
                busy.countDown();
            }
            while (still.get()) {
                LockSupport.park();
            }
        }
    }
}
