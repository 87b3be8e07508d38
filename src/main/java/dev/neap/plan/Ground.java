package dev.neap.plan;

import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import java.util.Map;

/**
 * A table that steps of a plan work on, as it was when the run began.
 *
 * @param table before the first step
 * @param walk how its rows are visited
 */
public record Ground(Table table, Walk walk) {

    /** The same once columns have other types: keys are compared as what they are. */
    public Ground retyped(Map<Identifier, String> types) {
        return new Ground(table, switch (walk) {
            case Walk.ByKey by -> new Walk.ByKey(by.key().retyped(types), by.reason());
            case Walk.ByBlock by -> by;
            case Walk.ByLeaf by ->
                new Walk.ByLeaf(by.key().map(key -> key.retyped(types)), by.leaves(), by.reason());
        });
    }
}
