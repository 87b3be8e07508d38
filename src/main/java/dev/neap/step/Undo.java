package dev.neap.step;

import dev.neap.catalog.Fact;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a DDL step is taken back.
 *
 * @param title what it does, in a few words
 * @param sql the statements; at least one
 * @param undoneWhen what is so once there is nothing (left) to take back; the step is skipped then
 * @param others the locks that it takes on other relations, as in {@link DdlStep#others()}
 */
public record Undo(
        String title,
        List<String> sql,
        Lock lock,
        Conduct conduct,
        Fact undoneWhen,
        List<RelationLock> others) {

    public Undo {
        sql = List.copyOf(sql);
        others = List.copyOf(others);
    }

    /** One that locks nothing but the table. */
    public Undo(String title, List<String> sql, Lock lock, Conduct conduct, Fact undoneWhen) {
        this(title, sql, lock, conduct, undoneWhen, List.of());
    }

    /** The same, which locks another relation too. */
    public Undo alsoLocking(QualifiedName relation, Lock with) {
        return new Undo(title, sql, lock, conduct, undoneWhen,
                Stream.concat(others.stream(), Stream.of(new RelationLock(relation, with))).toList());
    }

    /** In one transaction, under ACCESS EXCLUSIVE, touching only the catalog. */
    public static Undo catalogOnly(String title, Fact undoneWhen, String... sql) {
        return new Undo(title, List.of(sql), Lock.ACCESS_EXCLUSIVE, Conduct.TRANSACTION, undoneWhen);
    }
}
