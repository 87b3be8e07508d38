package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Retyped;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Undo.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column that is widened: the key, or one that references it. After the swap the old column holds NULL where a value
 * does not fit into it any more, so it may be NULL until it goes, or gets its place back.
 *
 * @param retyped what hangs on it, but for its references to the key
 */
record KeyColumn(Target target, Column column, Retyped retyped) {

    /**
     * All but its references to the key.
     *
     * @param key whether this is the key itself
     * @param references those to the key; none if this is not
     */
    Parts parts(boolean key, List<KeyReference.Placed> references) {
        Identifier name = column.name();
        IntegerRange narrow = IntegerRange.of(column.type()).orElseThrow();
        Succession succession = new Succession(
                target,
                column,
                retyped,
                new Succession.Making(
                        name.sql(), reads(column.type()), narrow.within(name), reads(retyped.type()), true));
        return succession.parts(swap -> swap.with(
                references.stream().flatMap(reference -> reference.dropWithin().stream()).toList(),
                column.notNull()
                        ? List.of(target.alterTable() + " ALTER COLUMN " + past() + " DROP NOT NULL")
                        : List.of(),
                references.stream().flatMap(reference -> reference.dropSuccessorWithin().stream()).toList(),
                new Swap.Prelude(
                        before(references),
                        references.stream().flatMap(reference -> reference.dropSuccessor().stream()).toList(),
                        key ? Optional.of(obstacle(narrow)) : Optional.empty())));
    }

    /** NOT NULL again, the safe way, before anything hangs on the old column again. */
    private List<DdlStep> before(List<KeyReference.Placed> references) {
        List<DdlStep> steps = new ArrayList<>();
        if (column.notNull()) {
            steps.addAll(NotNullSteps.of(
                    target,
                    past(),
                    NotNullSteps.constraint(target.table(), column.name()).map(target.names()::predecessor)));
        }
        references.forEach(reference -> steps.addAll(reference.guardOld()));
        return steps;
    }

    private Identifier past() {
        return target.names().predecessor(column.name());
    }

    private Obstacle obstacle(IntegerRange narrow) {
        return new Obstacle(
                "SELECT EXISTS (SELECT FROM %s WHERE %s)"
                        .formatted(target.table().name(), narrow.exceeded(column.name())),
                "Table %s has rows whose %s does not fit into %s any more, and the way back would lose them."
                        .formatted(target.table().name(), column.name(), column.type()),
                "Delete those rows or number them anew");
    }

    private ExpressionFacts reads(String type) {
        return new ExpressionFacts(type, List.of(column.name()), Volatility.IMMUTABLE, false, true);
    }
}
