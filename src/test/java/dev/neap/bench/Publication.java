package dev.neap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Results as the documents show them: src/docs/benchmarks.md, between two marks, with the figures themselves and the
 * picture beside it.
 */
record Publication(Results results) {

    static final Path PAGE = Path.of("src", "docs", "benchmarks.md");
    static final Path FIGURES = Path.of("src", "docs", "benchmarks.json");
    static final Path PICTURE = Path.of("src", "docs", "benchmarks.svg");

    private static final String BEGIN = "<!-- results -->\n";
    private static final String END = "<!-- end of results -->\n";

    static Publication of(Results results) {
        return new Publication(results);
    }

    /** What is published now. */
    static Publication current() {
        return new Publication(ResultsFile.read(FIGURES));
    }

    void write() {
        try {
            ResultsFile.write(PAGE, into(Files.readString(PAGE)));
            ResultsFile.write(FIGURES, results);
            ResultsFile.write(PICTURE, BarChart.of(results));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page, with these results in it instead of those that it has. */
    String into(String page) {
        String picture = results.measurements().isEmpty()
                ? ""
                : "![Rows a second, WAL and growth of every contender](%s)\n\n".formatted(PICTURE.getFileName());
        return replaced(page, picture + MarkdownReport.of(results));
    }

    /** A page with other text between its marks. */
    static String replaced(String page, String text) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page lacks its marks: %s and %s.".formatted(BEGIN, END));
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + text + "\n" + page.substring(end);
    }
}
