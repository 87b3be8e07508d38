package dev.neap.plan;

import dev.neap.change.Change;
import dev.neap.change.Problem;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.Parts;
import dev.neap.change.operation.Swap;
import dev.neap.change.operation.Target;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses operations that name a column which another operation of the change swaps for a new one: they would work on the
 * old column or the new, depending on when they run.
 */
final class SharedColumns {

    private SharedColumns() {}

    /**
     * @param targets of the change's operations, in their order
     * @param parts likewise
     */
    static List<Problem> problems(Change change, List<Target> targets, List<Parts> parts) {
        List<Operation> operations = Planner.located(change).stream().map(Planner.Located::operation).toList();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            for (Swap swap : parts.get(i).swaps()) {
                for (int j = 0; j < operations.size(); j++) {
                    if (j != i && (mentions(operations.get(j), swap.column()) || shares(targets.get(j), parts, i, j))) {
                        problems.add(problem(targets.get(j), swap.column()));
                    }
                }
            }
        }
        return problems.stream().distinct().toList();
    }

    /** By the word, in whatever it says: rather too often than once too seldom. */
    static boolean mentions(Operation operation, Identifier column) {
        Pattern word = Pattern.compile(
                "(?<![\\w$])" + Pattern.quote(column.value()) + "(?![\\w$])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);
        return operation.outline().values().stream().anyMatch(text -> word.matcher(text).find());
    }

    /** Whether an index or constraint of the table uses the columns that both swap. */
    private static boolean shares(Target target, List<Parts> parts, int i, int j) {
        return parts.get(i)
                .swaps()
                .stream()
                .anyMatch(one -> parts.get(j)
                        .swaps()
                        .stream()
                        .anyMatch(other -> together(target, one.column(), other.column())));
    }

    private static boolean together(Target target, Identifier one, Identifier other) {
        return target.table()
                .indexes()
                .stream()
                .anyMatch(index -> uses(index.definition(), one) && uses(index.definition(), other))
                || target.table()
                        .constraints()
                        .stream()
                        .anyMatch(constraint -> constraint.columns().containsAll(List.of(one, other)));
    }

    private static boolean uses(String definition, Identifier column) {
        return Pattern.compile("(?<![\\w$])" + Pattern.quote(column.sql()) + "(?![\\w$])").matcher(definition).find();
    }

    private static Problem problem(Target target, Identifier column) {
        return new Problem(
                target.at(),
                "Another operation of this change puts a new column in the place of %s, which this one uses too."
                        .formatted(column),
                "Write it as a change of its own, and run it before or after this one.");
    }
}
