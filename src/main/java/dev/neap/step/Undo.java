package dev.neap.step;

import dev.neap.catalog.Fact;
import java.util.List;

/**
 * How a DDL step is taken back.
 *
 * @param title what it does, in a few words
 * @param sql the statements; at least one
 * @param undoneWhen what is so once there is nothing (left) to take back; the step is skipped then
 */
public record Undo(String title, List<String> sql, Lock lock, Conduct conduct, Fact undoneWhen) {

    public Undo {
        sql = List.copyOf(sql);
    }

    /** In one transaction, under ACCESS EXCLUSIVE, touching only the catalog. */
    public static Undo catalogOnly(String title, Fact undoneWhen, String... sql) {
        return new Undo(title, List.of(sql), Lock.ACCESS_EXCLUSIVE, Conduct.TRANSACTION, undoneWhen);
    }
}
