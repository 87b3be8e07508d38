package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Column;
import dev.neap.catalog.Retyped;
import dev.neap.change.operation.Succession.Making;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep.Assignment;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must be so in each row before the old one of two columns goes that have changed places: the new value is what was
 * made of the old one, or the old one followed the new one. Where neither is so, the old one may be all that the row has.
 *
 * @param old the column as it was before the swap
 */
record SwapLook(Target target, Column old, Retyped retyped, Making making) {

    /**
     * The rows in which it is not so. Asked of plain casts alone: of any other expression it can't be told whether it gives
     * today what it gave when the row was written, nor whether it takes what the other one has made.
     */
    Optional<Fill> fill() {
        FaithfulCast forth = new FaithfulCast(old.name(), old.type(), retyped.type());
        FaithfulCast back = new FaithfulCast(old.name(), retyped.type(), old.type());
        boolean told = forth.isPlain(making.using()) && back.isPlain(making.reverse())
                && Stream.of(making.usingFacts(), making.reverseFacts()).allMatch(facts -> isSettled(facts, forth));
        return told
                ? Optional.of(new Fill(
                        new Assignment(past(), making.reverse()),
                        "CASE WHEN " + unmade() + " THEN " + unfollowed() + " ELSE false END", true))
                : Optional.empty();
    }

    private static boolean isSettled(ExpressionFacts facts, FaithfulCast cast) {
        return switch (facts.volatility()) {
            case IMMUTABLE -> true;
            // A cast by way of its text is held for one that reads settings, whatever the types.
            case STABLE -> cast.readsNoSettings();
            case VOLATILE -> false;
        };
    }

    private Identifier past() {
        return target.names().predecessor(old.name());
    }

    private String unfollowed() {
        return old.collation().isPresent()
                ? Comparison.differsInBytes(past(), making.reverse(), old.type(), making.reverseFacts())
                : Comparison.differs(past(), making.reverse(), old.type(), making.reverseFacts());
    }

    /** The expression knows the old column by the name that the new one has by now. */
    private String unmade() {
        Identifier table = target.table().name().name();
        String made = "SELECT %s FROM (SELECT %s.%s AS %s) AS %s"
                .formatted(making.using(), table, past(), old.name(), table);
        return retyped.collation().isPresent()
                ? Comparison.differsInBytes(old.name(), made, retyped.type(), making.usingFacts())
                : Comparison.differs(old.name(), made, retyped.type(), making.usingFacts());
    }
}
