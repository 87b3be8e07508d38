package dev.neap.preflight.check;

import dev.neap.change.operation.AddForeignKey;
import dev.neap.change.operation.CreateIndex;
import dev.neap.change.operation.Operation;
import dev.neap.plan.Plan;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A foreign key that the plan adds without an index on its columns: each deleted row there reads the whole table here. */
final class UnindexedForeignKey implements Check {

    @Override
    public String id() {
        return "foreign-key-index";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.plan()
                .stream()
                .flatMap(plan -> plan.change()
                        .operations()
                        .stream()
                        .filter(AddForeignKey.class::isInstance)
                        .map(AddForeignKey.class::cast)
                        .filter(key -> key.index().isEmpty() && !isIndexed(plan, key)))
                .map(this::judge)
                .toList();
    }

    private static boolean isIndexed(Plan plan, AddForeignKey key) {
        List<String> columns = key.columns().stream().map(Identifier::value).toList();
        Stream<Operation> operations = plan.change().operations().stream();
        return key.isIndexed(plan.table())
                || operations.anyMatch(operation -> operation instanceof CreateIndex index
                        && index.definition().where().isEmpty()
                        && index.definition().elements().stream().limit(columns.size()).toList().equals(columns));
    }

    private Finding judge(AddForeignKey key) {
        return warning(
                "foreign key " + key.name(),
                "No index begins with (%s): each row that is deleted from %s, or whose key changes there, reads all of this"
                        .concat(" table.")
                        .formatted(
                                key.columns().stream().map(Identifier::sql).collect(Collectors.joining(", ")),
                                key.references().table()),
                "Write index: true in the operation, unless rows there are never deleted.");
    }
}
