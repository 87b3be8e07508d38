package dev.neap.change.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A change file has mistakes: all of them, not only the first. Nothing was done. */
public final class ChangeFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String source;
    private final transient List<LocatedProblem> problems;

    ChangeFileException(String source, List<LocatedProblem> problems) {
        this(problems.stream()
                .sorted(Comparator.comparingInt(LocatedProblem::line))
                .toList(), source);
    }

    private ChangeFileException(List<LocatedProblem> sorted, String source) {
        super(sorted.stream()
                .map(located -> source + ":" + located.line() + ": " + located.problem())
                .collect(Collectors.joining("\n")));
        this.source = source;
        this.problems = sorted;
    }

    /** The file's name for messages. */
    public String source() {
        return source;
    }

    /** At least one, in the order of their lines. */
    public List<LocatedProblem> problems() {
        return problems;
    }
}
