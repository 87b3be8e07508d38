package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells a successor's rows apart, for subscribers, as those of the table before it. What is written to a partitioned table
 * is written to its partitions, and ALTER TABLE REPLICA IDENTITY reaches none but the table that it names.
 */
record ReplicaIdentity(Successor successor) {

    private static final String BY_INDEX = "USING INDEX ";

    /** The statements, by the names before the swap; none for the primary key. */
    List<String> statements() {
        return successor.around()
                .belongings()
                .replicaIdentity()
                .map(identity -> index(identity).map(this::byIndex).orElseGet(() -> whole(identity)))
                .orElse(List.of());
    }

    private Optional<Identifier> index(String identity) {
        return successor.indexes()
                .stream()
                .map(index -> index.name())
                .filter(name -> identity.equals(BY_INDEX + name))
                .findFirst();
    }

    private List<String> whole(String identity) {
        List<String> sql = new ArrayList<>();
        sql.add("ALTER TABLE " + successor.before() + " REPLICA IDENTITY " + identity);
        successor.leaves().forEach(leaf -> sql.add("ALTER TABLE " + leaf + " REPLICA IDENTITY " + identity));
        return sql;
    }

    /** PostgreSQL chooses what the indexes of partitions are called. */
    private List<String> byIndex(Identifier index) {
        Identifier successors = successor.target().names().successor(index);
        List<String> sql = new ArrayList<>();
        sql.add("ALTER TABLE " + successor.before() + " REPLICA IDENTITY " + BY_INDEX + successors);
        if (!successor.leaves().isEmpty()) {
            sql.add("DO " + Literal.dollarQuoted("neap",
                    """

                            DECLARE
                              neap_share record;
                            BEGIN
                              FOR neap_share IN
                                SELECT i.indrelid::regclass AS leaf, c.relname AS index
                                FROM pg_catalog.pg_inherits h
                                  JOIN pg_catalog.pg_index i ON i.indexrelid = h.inhrelid
                                  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                                WHERE h.inhparent = %s::regclass
                              LOOP
                                EXECUTE format('ALTER TABLE %%s REPLICA IDENTITY USING INDEX %%I', neap_share.leaf, neap_share.index);
                              END LOOP;
                            END
                            """
                            .formatted(Literal.of(successor.before().sibling(successors).sql()))));
        }
        return sql;
    }
}
