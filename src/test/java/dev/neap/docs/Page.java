package dev.neap.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A document.
 *
 * @param lines numbered from 0
 */
record Page(Path path, List<String> lines) {

    private static final String FENCE = "```";

    /**
     * A fenced block.
     *
     * @param info what stands behind the opening fence
     * @param line the number of its first line, from 1
     */
    record Block(Page page, String info, int line, List<String> lines) {

        /** Where a person finds its line, counted from 0. */
        String at(int offset) {
            return page.path() + ":" + (line + offset);
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }

        boolean isChange() {
            return info.equals("yaml")
                    && lines.stream()
                            .filter(text -> !text.startsWith("#"))
                            .findFirst()
                            .filter(text -> text.startsWith("change:"))
                            .isPresent();
        }
    }

    /** The README and all pages. */
    static List<Page> all() {
        try (Stream<Path> pages = Files.walk(Path.of("src/docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page read(Path path) {
        try {
            return new Page(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int opened = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            if (opened < 0) {
                opened = i;
            } else {
                String info = lines.get(opened).substring(FENCE.length());
                blocks.add(new Block(this, info, opened + 2, lines.subList(opened + 1, i)));
                opened = -1;
            }
        }
        if (opened >= 0) {
            throw new AssertionError("%s:%d: the fence is not closed".formatted(path, opened + 1));
        }
        return blocks;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
