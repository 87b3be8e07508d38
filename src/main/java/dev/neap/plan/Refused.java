package dev.neap.plan;

import dev.neap.change.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A change can't be carried out on the table that it names; nothing was done. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public Refused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<Problem> problems() {
        return problems;
    }
}
