package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import java.util.List;

/**
 * Two columns that change places: statements that touch the catalog only, for one transaction in which the sync triggers
 * turn round too.
 *
 * @param column whose place it is about
 * @param title what it does, in a few words
 * @param undoing the same of the way back
 * @param forth the statements; the first one locks the table
 * @param back the way back, likewise
 * @param swapped what is so once they have changed places
 * @param unswapped what is so as long as they have not, or once they have changed back
 * @param before the rule of the sync triggers until then; one of the operation's own
 * @param after the rule in its place from then on
 */
public record Swap(
        Identifier column,
        String title,
        String undoing,
        List<String> forth,
        List<String> back,
        Fact swapped,
        Fact unswapped,
        SyncRule before,
        SyncRule after) {

    public Swap {
        forth = List.copyOf(forth);
        back = List.copyOf(back);
    }
}
