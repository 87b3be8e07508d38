package dev.neap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results as JSON. */
final class ResultsFile {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultsFile() {}

    /** None if there is no file. */
    static Results read(Path file) {
        return Files.exists(file) ? JSON.readValue(file.toFile(), Results.class) : Results.none();
    }

    static void write(Path file, Results results) {
        write(file, JSON.writeValueAsString(results) + "\n");
    }

    /** Empty if there is no file. */
    static Optional<PacingResults> readPacing(Path file) {
        return Files.exists(file)
                ? Optional.of(JSON.readValue(file.toFile(), PacingResults.class))
                : Optional.empty();
    }

    static void write(Path file, PacingResults results) {
        write(file, JSON.writeValueAsString(results) + "\n");
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
