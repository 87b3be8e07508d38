package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * How a table is partitioned.
 *
 * @param columns that rows are told apart by, at all depths
 * @param leaves that hold its rows, in the order of their oids
 * @param statementTrigger one that fires once an UPDATE of some table of the tree: which table the UPDATE names matters to
 *     it; empty if there is none
 */
public record Partitions(List<Identifier> columns, List<Leaf> leaves, Optional<Identifier> statementTrigger) {

    public Partitions {
        columns = List.copyOf(columns);
        leaves = List.copyOf(leaves);
    }
}
