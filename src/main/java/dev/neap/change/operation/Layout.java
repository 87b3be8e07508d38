package dev.neap.change.operation;

import dev.neap.catalog.Reshaped.NewIndex;
import dev.neap.catalog.Table;
import dev.neap.change.operation.PartitionBound.Named;
import dev.neap.sql.Identifier;
import dev.neap.step.Lock;
import java.util.List;
import java.util.Optional;

/** What sets a successor apart from the table whose place it is to take. */
sealed interface Layout permits Division, Reshaping {

    /** The statements that make it with its columns, defaults, checks, identities and partitions. */
    List<String> table(Successor successor);

    /** Those indexes of the table of old that it has as well, each under its present name. */
    List<NewIndex> indexes(Table old);

    /** Which lock it takes on the table of old, and all that belongs to it, to make it. */
    Lock onOld(Successor successor);

    /** The columns of the table of old that it has not: from the swap on no code may name them. */
    List<Identifier> missed();

    /** What is lost with the table of old, if anything is. */
    Optional<String> loss();

    /** Whether its rows survive a crash, where those of the table of old do not, or the other way round. */
    Optional<Boolean> logged();

    /** Its partitions; none if it is not divided. */
    List<Named> partitions();
}
