package dev.neap.plan;

import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that take triggers away. For DROP TRIGGER alone PostgreSQL locks the partitions first and their parent last
 * (it opens the relation with ACCESS SHARE, then deletes what depends on the trigger, then the trigger itself), and clients
 * lock them the other way round: a deadlock, and it might be the client that loses. So the parent is locked first.
 */
final class TriggerDrop {

    private TriggerDrop() {}

    /** @param after what follows in the same transaction */
    static String[] statements(Table table, List<Identifier> triggers, String... after) {
        List<String> statements = new ArrayList<>();
        if (table.kind() == Table.Kind.PARTITIONED) {
            statements.add("LOCK TABLE ONLY " + table.name() + " IN ACCESS EXCLUSIVE MODE");
        }
        triggers.forEach(trigger -> statements.add("DROP TRIGGER IF EXISTS " + trigger + " ON " + table.name()));
        statements.addAll(List.of(after));
        return statements.toArray(String[]::new);
    }
}
