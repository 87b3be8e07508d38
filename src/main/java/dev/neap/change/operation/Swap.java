package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Undo.Obstacle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two columns that change places: statements that touch the catalog only, for one transaction in which the sync triggers
 * turn round too.
 *
 * @param column whose place it is about
 * @param type that the column has from then on
 * @param title what it does, in a few words
 * @param undoing the same of the way back
 * @param forth the statements; the first one locks the table
 * @param back the way back, likewise
 * @param swapped what is so once they have changed places
 * @param unswapped what is so as long as they have not, or once they have changed back
 * @param before the rule of the sync triggers until then; one of the operation's own
 * @param after the rule in its place from then on
 * @param lastLook of the columns in their new places, the condition under which one holds what the other can't have become,
 *        so that the old one's value would be lost; empty where that can't be told
 * @param prelude what a rollback does before the way back
 */
public record Swap(
        Identifier column,
        String type,
        String title,
        String undoing,
        List<String> forth,
        List<String> back,
        Fact swapped,
        Fact unswapped,
        SyncRule before,
        SyncRule after,
        Optional<Fill> lastLook,
        Prelude prelude) {

    /**
     * What a rollback does before columns change back, each by itself.
     *
     * @param first before those of other tables do
     * @param then after that
     * @param obstacle what closes the way back
     */
    public record Prelude(List<DdlStep> first, List<DdlStep> then, Optional<Obstacle> obstacle) {

        /** Nothing. */
        static final Prelude NONE = new Prelude(List.of(), List.of(), Optional.empty());

        public Prelude {
            first = List.copyOf(first);
            then = List.copyOf(then);
        }
    }

    public Swap {
        forth = List.copyOf(forth);
        back = List.copyOf(back);
    }

    /** The same with further statements around it. */
    Swap with(List<String> leading, List<String> trailing, List<String> leadingBack, Prelude ofBack) {
        return new Swap(
                column,
                type,
                title,
                undoing,
                Stream.of(leading, forth, trailing).flatMap(List::stream).toList(),
                Stream.concat(leadingBack.stream(), back.stream()).toList(),
                swapped,
                unswapped,
                before,
                after,
                lastLook,
                ofBack);
    }
}
