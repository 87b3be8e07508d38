package dev.neap.change.yaml;

import dev.neap.change.Problem;

/**
 * A mistake in a change file and where it stands.
 *
 * @param line from 1
 */
public record LocatedProblem(int line, Problem problem) {

    public LocatedProblem {
        if (line < 1) {
            throw new IllegalArgumentException("Lines count from 1, not from " + line + ".");
        }
    }
}
