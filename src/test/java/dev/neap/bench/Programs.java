package dev.neap.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.springframework.util.FileSystemUtils;

/**
 * Starts programs in JVMs of their own, with a heap of 256 MB.
 *
 * <p>Neap is started by its launcher from the packaged jar where there is one, as a user does; else from the class path.
 */
final class Programs {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of("target", "neap.jar").toAbsolutePath();
    private static final Path LAUNCHER = Path.of("neap").toAbsolutePath();
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private final Path work;
    private final Optional<Path> installed;

    private Programs(Path work, Optional<Path> installed) {
        this.work = work;
        this.installed = installed;
    }

    /**
     * How a program ended.
     *
     * @param output of both streams
     * @param peakHeap bytes
     */
    record Ended(int exit, String output, Optional<Long> peakHeap) {

        /** @throws IllegalStateException if it did not end well */
        Ended orThrow(String program) {
            if (exit != 0) {
                throw new IllegalStateException("%s exited with %d: %s"
                        .formatted(program, exit, output.strip().lines().reduce((a, b) -> a + " / " + b).orElse("")));
            }
            return this;
        }
    }

    /**
     * From the packaged jar, if there is one.
     *
     * @param work an existing directory for their files
     */
    static Programs packaged(Path work) {
        if (!Files.exists(JAR)) {
            return onClassPath(work);
        }
        Path home = work.resolve("neap");
        Programs programs = new Programs(work, Optional.of(home));
        // The time of the jar tells nothing: builds can be reproduced.
        delete(home);
        programs.run(List.of(JAVA.toString(), "-Djarmode=tools", "-jar", JAR.toString(), "extract",
                "--destination", home.toString()), Map.of()).orThrow("Unpacking neap.jar");
        // The first start prepares the next ones; users have that behind them.
        programs.neap(Map.of(), "--version").orThrow("neap --version");
        return programs;
    }

    /** From the classes of this JVM. */
    static Programs onClassPath(Path work) {
        return new Programs(work, Optional.empty());
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file for a program to read: in the directory that it is started in. */
    void write(String name, String content) {
        ResultsFile.write(work.resolve(name), content);
    }

    /** A jar with one class of this JVM's class path, beside the files. */
    void jar(String name, Class<?> type) {
        String entry = type.getName().replace('.', '/') + ".class";
        Path file = work.resolve(name);
        try (InputStream bytes = Objects.requireNonNull(type.getClassLoader().getResourceAsStream(entry))) {
            Files.createDirectories(file.getParent());
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
                jar.putNextEntry(new JarEntry(entry));
                bytes.transferTo(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ended neap(Map<String, String> environment, String... arguments) {
        Path heapLog = temporary("heap");
        List<String> command = new ArrayList<>();
        Map<String, String> all = new HashMap<>(environment);
        if (installed.isPresent()) {
            command.add(LAUNCHER.toString());
            all.put("NEAP_HOME", installed.get().toString());
            all.put("NEAP_JAVA_HOME", System.getProperty("java.home"));
            all.put("NEAP_JAVA_OPTS", HeapLog.option(heapLog));
        } else {
            command.addAll(java(heapLog));
            command.add("dev.neap.app.Neap");
        }
        command.addAll(List.of(arguments));
        return withHeap(run(command, all), heapLog);
    }

    /** A main class of this JVM's class path. */
    Ended main(Class<?> type, String... arguments) {
        Path heapLog = temporary("heap");
        List<String> command = new ArrayList<>(java(heapLog));
        command.add(type.getName());
        command.addAll(List.of(arguments));
        return withHeap(run(command, Map.of()), heapLog);
    }

    private static List<String> java(Path heapLog) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-Xlog:disable", HeapLog.option(heapLog)));
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    private static Ended withHeap(Ended ended, Path heapLog) {
        try {
            Optional<Long> peak = Files.exists(heapLog) ? HeapLog.peak(Files.readAllLines(heapLog)) : Optional.empty();
            Files.deleteIfExists(heapLog);
            return new Ended(ended.exit(), ended.output(), peak);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path temporary(String name) {
        try {
            return Files.createTempFile(work, name, ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ended run(List<String> command, Map<String, String> environment) {
        Path output = temporary("output");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            // What is set on this machine for another database must not reach it.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("NEAP_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            Thread atExit = new Thread(process::destroyForcibly, "bench-program-end");
            Runtime.getRuntime().addShutdownHook(atExit);
            try {
                int exit = process.waitFor();
                return new Ended(exit, Files.readString(output), Optional.empty());
            } finally {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                Runtime.getRuntime().removeShutdownHook(atExit);
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", e);
        }
    }
}
