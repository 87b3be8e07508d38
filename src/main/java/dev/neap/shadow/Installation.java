package dev.neap.shadow;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PostgreSQL on this machine.
 *
 * @param bin the directory of its programs
 * @param major 16 of 16.4
 */
record Installation(Path bin, int major) {

    private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");

    /** Where packages put their servers, by major version. */
    private static final List<String> USUAL = List.of(
            "/usr/lib/postgresql/%d/bin", "/usr/pgsql-%d/bin", "/opt/homebrew/opt/postgresql@%d/bin",
            "/usr/local/opt/postgresql@%d/bin", "/Library/PostgreSQL/%d/bin");

    /**
     * The first of that version: where the settings say, where pg_config says, on the PATH, in the usual places.
     *
     * @param path directories, as PATH lists them
     */
    static Optional<Installation> find(int major, Optional<Path> set, String path) {
        List<Path> candidates = new ArrayList<>(set.stream().toList());
        answer("pg_config", "--bindir").map(Path::of).ifPresent(candidates::add);
        Stream.of(path.split(File.pathSeparator))
                .filter(part -> !part.isBlank())
                .map(Path::of)
                .forEach(candidates::add);
        USUAL.forEach(place -> candidates.add(Path.of(place.formatted(major))));
        return candidates.stream()
                .distinct()
                .filter(bin -> Files.isExecutable(bin.resolve("postgres")) && Files.isExecutable(bin.resolve("initdb")))
                .map(bin -> new Installation(bin, version(bin).orElse(0)))
                .filter(found -> found.major() == major)
                .findFirst();
    }

    String program(String name) {
        return bin.resolve(name).toString();
    }

    private static OptionalInt version(Path bin) {
        return answer(bin.resolve("postgres").toString(), "--version")
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(matcher -> OptionalInt.of(Integer.parseInt(matcher.group(1))))
                .orElse(OptionalInt.empty());
    }

    private static Optional<String> answer(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(output)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
