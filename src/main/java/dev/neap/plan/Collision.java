package dev.neap.plan;

import dev.neap.change.operation.ChangeType;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.RenameColumn;
import dev.neap.change.operation.WidenKey;
import dev.neap.sql.Identifier;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells whether two changes of one table can be under way at a time. They can't where one puts another table in its place,
 * or where one drops a column, or puts another in its place, that the other one mentions: the other's triggers would go on
 * looking at the old one, and its rows would be wrong.
 */
public final class Collision {

    private Collision() {}

    /**
     * @param mine a change that is to begin
     * @param theirs one that is under way
     * @return why they can't, as a clause; empty if they can
     */
    public static Optional<String> between(Plan mine, Plan theirs) {
        if (Stream.of(mine, theirs).flatMap(plan -> operations(plan)).anyMatch(Operation::isAlone)) {
            return Optional.of("one of them changes what the table is called or made of");
        }
        return shared(mine, theirs).or(() -> shared(theirs, mine))
                .map(column -> "both mention column " + column + ", which one of them drops or replaces");
    }

    private static Stream<Operation> operations(Plan plan) {
        return Planner.located(plan.change()).stream().map(Planner.Located::operation);
    }

    /** A column that does not stay in the one, and that the other mentions. */
    private static Optional<Identifier> shared(Plan leaves, Plan mentions) {
        return leaving(leaves).stream()
                .filter(column -> operations(mentions)
                        .anyMatch(operation -> SharedColumns.mentions(operation, column)))
                .findFirst();
    }

    private static Set<Identifier> leaving(Plan plan) {
        Set<Identifier> leaving = new LinkedHashSet<>(plan.contracted());
        operations(plan).flatMap(Collision::succeeded).forEach(leaving::add);
        return leaving;
    }

    /** A change of type that is done at once counts too: the other's triggers were made for the old type. */
    private static Stream<Identifier> succeeded(Operation operation) {
        if (operation instanceof ChangeType change) {
            return Stream.of(change.column());
        }
        if (operation instanceof WidenKey widen) {
            return Stream.of(widen.column());
        }
        return operation instanceof RenameColumn rename ? Stream.of(rename.from()) : Stream.empty();
    }
}
