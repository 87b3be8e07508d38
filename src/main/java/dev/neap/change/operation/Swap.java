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
 * @param title what it does, in a few words
 * @param undoing the same of the way back
 * @param forth the statements; the first one locks the table
 * @param back the way back, likewise
 * @param swapped what is so between the one and the other
 * @param before the rule of the sync triggers until then; one of the operation's own
 * @param after the rule in its place from then on
 * @param first what a rollback does before the way back, each by itself; may be empty
 * @param obstacle what closes the way back
 */
public record Swap(
        Identifier column,
        String title,
        String undoing,
        List<String> forth,
        List<String> back,
        Fact swapped,
        SyncRule before,
        SyncRule after,
        List<DdlStep> first,
        Optional<Obstacle> obstacle) {

    public Swap {
        forth = List.copyOf(forth);
        back = List.copyOf(back);
        first = List.copyOf(first);
    }

    /** The same with further statements at its end, which the steps before the way back take back. */
    Swap loosely(List<String> more, List<DdlStep> before, Optional<Obstacle> closing) {
        return new Swap(
                column,
                title,
                undoing,
                Stream.concat(forth.stream(), more.stream()).toList(),
                back,
                swapped,
                this.before,
                after,
                before,
                closing);
    }
}
