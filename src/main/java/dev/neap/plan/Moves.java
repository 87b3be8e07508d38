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
        return switch (walk) {
            case Walk.ByKey byKey ->
                "(" + keys(byKey, "OLD.") + ") IS DISTINCT FROM (" + keys(byKey, "NEW.") + ")";
            // A trigger of the user's that a chunk fires moves other rows than the chunk: hence the depth.
            case Walk.ByBlock byBlock ->
                "current_setting('neap.change', true) IS DISTINCT FROM " + Literal.of(change.value())
                        + " OR pg_trigger_depth() > 0";
        };
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

    static String keys(Walk.ByKey walk, String prefix) {
        return walk.key().names().stream().map(name -> prefix + name).collect(Collectors.joining(", "));
    }
}
