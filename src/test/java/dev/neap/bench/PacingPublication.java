package dev.neap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A paced run as the documents show it: src/docs/pacing.md, between two marks, with figures and picture beside it. */
record PacingPublication(PacingResults results) {

    static final Path PAGE = Path.of("src", "docs", "pacing.md");
    static final Path FIGURES = Path.of("src", "docs", "pacing.json");
    static final Path PICTURE = Path.of("src", "docs", "pacing.svg");

    /** What is published now; empty if nothing was measured yet. */
    static Optional<PacingPublication> current() {
        return ResultsFile.readPacing(FIGURES).map(PacingPublication::new);
    }

    void write() {
        try {
            ResultsFile.write(PAGE, into(Files.readString(PAGE)));
            ResultsFile.write(FIGURES, results);
            ResultsFile.write(PICTURE, PacingChart.of(results));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page, with these results in it instead of those that it has. */
    String into(String page) {
        return Publication.replaced(page, "![Lag and rate over time](%s)\n\n%s"
                .formatted(PICTURE.getFileName(), PacingReport.of(results)));
    }
}
