package dev.neap.step;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Changes the structure of a table.
 *
 * @param slug names the step within its plan: {@code add-column}; digits, lower-case letters, hyphens
 * @param title what it does, in a few words
 * @param sql the statements, in order; at most one strong lock among them
 * @param work the most that it does to the rows of its table
 * @param doneWhen what is so once the step has been done; it is skipped then
 * @param undo empty if it can't be taken back, or if taking back an earlier step takes this one back as well
 * @param irreversible why it can't be taken back; empty if it can
 * @param index the index that a concurrent step builds or drops
 * @param offenders rows that would keep it from succeeding; they are looked for first, and shown
 * @param on the table that it works on, of which its facts are asked; empty for the change's own
 * @param loss what data it destroys, as a clause: the change file has to say then where a backup of it is
 * @param others the locks that it takes on other relations, as far as they are stronger than ROW EXCLUSIVE; before the
 *     step commits it is compared with what it really locked, and a lock that is not planned takes it back
 */
public record DdlStep(
        Phase phase,
        String slug,
        String title,
        List<String> sql,
        Lock lock,
        Work work,
        Conduct conduct,
        Fact doneWhen,
        Optional<Undo> undo,
        Optional<String> irreversible,
        Optional<Identifier> index,
        Optional<Offenders> offenders,
        Optional<QualifiedName> on,
        Optional<String> loss,
        List<RelationLock> others)
        implements
            Step {

    public DdlStep {
        sql = List.copyOf(sql);
        others = List.copyOf(others);
        if (sql.isEmpty()) {
            throw new IllegalArgumentException("Step \"" + title + "\" has no statement.");
        }
    }

    /** One transaction that touches only the catalog, under ACCESS EXCLUSIVE. */
    public static DdlStep catalogOnly(Phase phase, String slug, String title, Fact doneWhen, String... sql) {
        return new DdlStep(
                phase,
                slug,
                title,
                List.of(sql),
                Lock.ACCESS_EXCLUSIVE,
                Work.CATALOG,
                Conduct.TRANSACTION,
                doneWhen,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public DdlStep undoneBy(Undo how) {
        return new DdlStep(phase, slug, title, sql, lock, work, conduct, doneWhen, Optional.of(how), irreversible,
                index, offenders, on, loss, others);
    }

    /** The same, done also when another fact holds. */
    public DdlStep orElseWhen(Fact done) {
        return new DdlStep(phase, slug, title, sql, lock, work, conduct, new Fact.Or(doneWhen, done), undo,
                irreversible, index, offenders, on, loss, others);
    }

    /** The same, neither done nor undone where a fact holds, which is asked first. */
    public DdlStep unlessFirst(Fact first) {
        return new DdlStep(phase, slug, title, sql, lock, work, conduct, new Fact.Or(first, doneWhen),
                undo.map(how -> how.unlessFirst(first)), irreversible, index, offenders, on, loss, others);
    }

    /** The same step of a change whose own table is another one. */
    public DdlStep on(QualifiedName table) {
        return new DdlStep(phase, slug, title, sql, lock, work, conduct, doneWhen, undo, irreversible, index,
                offenders, Optional.of(table), loss, others);
    }

    /**
     * This step and {@code next} in one transaction, for two that touch only the catalog of one table: nobody ever sees
     * the one without the other. It is done once both are; the statements of each must do no harm where only the other is
     * left to do. Neither is undone.
     */
    public DdlStep together(DdlStep next) {
        if (conduct != Conduct.TRANSACTION || next.conduct != Conduct.TRANSACTION) {
            throw new IllegalArgumentException("A concurrent step shares no transaction.");
        }
        if (!on.equals(next.on)) {
            throw new IllegalArgumentException("Two tables are not locked in one transaction.");
        }
        return new DdlStep(
                phase,
                next.slug,
                title + ", " + next.title,
                Stream.concat(sql.stream(), next.sql.stream()).toList(),
                Lock.stronger(lock, next.lock),
                Work.CATALOG,
                Conduct.TRANSACTION,
                new Fact.And(doneWhen, next.doneWhen),
                Optional.empty(),
                either(irreversible, next.irreversible),
                Optional.empty(),
                Optional.empty(),
                on,
                either(loss, next.loss),
                Stream.concat(others.stream(), next.others.stream()).distinct().toList());
    }

    private static Optional<String> either(Optional<String> left, Optional<String> right) {
        return Stream.of(left, right).flatMap(Optional::stream).reduce((one, other) -> one + "; " + other);
    }

    /** The same step, which can't be taken back, since it destroys data. */
    public DdlStep destroying(String data) {
        return new DdlStep(phase, slug, title, sql, lock, work, conduct, doneWhen, undo, Optional.of(data), index,
                offenders, on, Optional.of(data), others);
    }

    public DdlStep irreversible(String why) {
        return new DdlStep(phase, slug, title, sql, lock, work, conduct, doneWhen, undo, Optional.of(why), index,
                offenders, on, loss, others);
    }

    public DdlStep under(Lock other, Work does) {
        return new DdlStep(phase, slug, title, sql, other, does, conduct, doneWhen, undo, irreversible, index,
                offenders, on, loss, others);
    }

    /** The same in another phase. */
    public DdlStep in(Phase other) {
        return new DdlStep(other, slug, title, sql, lock, work, conduct, doneWhen, undo, irreversible, index,
                offenders, on, loss, others);
    }

    /** Fails, with the rows shown, while there are such. */
    public DdlStep unless(Offenders rows) {
        return new DdlStep(phase, slug, title, sql, lock, work, conduct, doneWhen, undo, irreversible, index,
                Optional.of(rows), on, loss, others);
    }

    /** The same statements, each by itself outside of a transaction. */
    public DdlStep outsideOfTransactions() {
        return new DdlStep(phase, slug, title, sql, lock, work, Conduct.CONCURRENT, doneWhen, undo, irreversible, index,
                offenders, on, loss, others);
    }

    /** The same statements outside of a transaction, building or dropping {@code name}. */
    public DdlStep concurrently(Identifier name) {
        return new DdlStep(
                phase,
                slug,
                title,
                sql,
                Lock.SHARE_UPDATE_EXCLUSIVE,
                work,
                Conduct.CONCURRENT,
                doneWhen,
                undo,
                irreversible,
                Optional.of(name),
                offenders,
                on,
                loss,
                others);
    }

    /** The same step, which locks another relation too: the parent of a foreign key, for example. */
    public DdlStep alsoLocking(QualifiedName relation, Lock with) {
        return alsoLocking(relation, with, Work.CATALOG);
    }

    /** The same step, which works on the rows of another relation too, or only there. */
    public DdlStep alsoLocking(QualifiedName relation, Lock with, Work does) {
        return new DdlStep(phase, slug, title, sql, lock, work, conduct, doneWhen, undo, irreversible, index,
                offenders, on, loss,
                Stream.concat(others.stream(), Stream.of(new RelationLock(relation, with, does))).toList());
    }

    /** The most that it does to the rows of any relation. */
    public Work most() {
        return others.stream().map(RelationLock::work).reduce(work, Work::more);
    }
}
