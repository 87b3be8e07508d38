package dev.neap.lint;

/**
 * Where a finding stands.
 *
 * @param file as it was named
 * @param line from 1
 * @param column from 1
 */
public record Spot(String file, int line, int column) {

    public Spot {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("Lines and columns count from 1: %d:%d.".formatted(line, column));
        }
    }

    /** As compilers print it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
