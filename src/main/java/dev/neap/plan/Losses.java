package dev.neap.plan;

import dev.neap.change.Change;
import dev.neap.change.Problem;
import dev.neap.change.operation.Parts;
import dev.neap.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Data that goes for good, and the note that a change file must carry then. */
final class Losses {

    private static final String REMEDY = "Say at the top level of the file where it can be had from afterwards, how long,"
            + " and who agreed: irreversible: {backup: \"…\", retention: \"…\", approval: \"…\"}.";

    private Losses() {}

    /**
     * One problem for each operation that destroys data while the file says nothing of it.
     *
     * @param at the operations' paths in the file
     * @param parts of the same operations
     */
    static List<Problem> unnoted(Change change, List<String> at, List<Parts> parts) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < parts.size() && change.irreversible().isEmpty(); i++) {
            String lost = parts.get(i)
                    .steps()
                    .map(Step::loss)
                    .flatMap(Optional::stream)
                    .distinct()
                    .collect(Collectors.joining("; "));
            if (!lost.isEmpty()) {
                problems.add(new Problem(
                        at.get(i),
                        "Nothing brings back what this operation destroys (%s), and the file does not say that anybody"
                                .concat(" thought of it.")
                                .formatted(lost),
                        REMEDY));
            }
        }
        return problems;
    }
}
