package dev.neap.plan;

import dev.neap.catalog.Table;
import dev.neap.change.ChangeName;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import java.util.stream.Collectors;

/** When an UPDATE moves a row, as the condition of a trigger. */
final class Moves {

    private Moves() {}

    static String of(Walk walk, ChangeName change) {
        return walk.byAddress()
                // A trigger of the user's that a chunk fires moves other rows than the chunk: hence the depth.
                ? "current_setting('neap.change', true) IS DISTINCT FROM " + Literal.of(change.value())
                        + " OR pg_trigger_depth() > 0"
                : "(" + keys(walk, "OLD.") + ") IS DISTINCT FROM (" + keys(walk, "NEW.") + ")";
    }

    /**
     * Naming the columns spares each row of the backfill the comparison. Triggers that run before may change a column that
     * no statement names.
     */
    static String columns(Walk walk, Table table) {
        boolean changedByOthers = table.triggers()
                .stream()
                .anyMatch(other -> other.firesOnUpdate() && other.before() && other.perRow());
        return walk instanceof Walk.ByKey byKey && !changedByOthers
                ? " OF " + byKey.key().names().stream().map(Identifier::sql).collect(Collectors.joining(", "))
                : "";
    }

    static String keys(Walk walk, String prefix) {
        return walk.keyed().orElseThrow().names().stream().map(name -> prefix + name).collect(Collectors.joining(", "));
    }
}
