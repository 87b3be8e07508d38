package dev.neap.change.operation;

import dev.neap.change.ChangeName;
import dev.neap.change.Fingerprint;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.Optional;

/**
 * The names of what Neap creates for a change. They carry the word neap and a hash of the change's name, so that they
 * can't meet a user's own or another change's objects.
 *
 * @param other the table, where it is not the change's own
 */
public record Names(ChangeName change, Optional<QualifiedName> other) {

    /** On the change's own table. */
    public Names(ChangeName change) {
        this(change, Optional.empty());
    }

    /** On another table: no two triggers' functions may meet in schema neap. */
    public Names on(QualifiedName table) {
        return new Names(change, Optional.of(table));
    }

    /** The schema of everything that is Neap's own. */
    public static final Identifier SCHEMA = new Identifier("neap");

    private String hash() {
        return Fingerprint.ofText(change + other.map(table -> " on " + table).orElse("")).value().substring(0, 8);
    }

    /** The function behind the sync triggers. */
    public QualifiedName syncFunction() {
        return new QualifiedName(SCHEMA, new Identifier("sync_" + hash()));
    }

    /**
     * The trigger that keeps new rows right. PostgreSQL fires triggers in the order of their names, and this one has to
     * see what users' own BEFORE triggers made of the row: hence the z's.
     */
    public Identifier insertTrigger() {
        return new Identifier("zzz_neap_sync_insert_" + hash());
    }

    /** The trigger that keeps changed rows right. */
    public Identifier updateTrigger() {
        return new Identifier("zzz_neap_sync_update_" + hash());
    }

    /** The function behind the guard of an exactly-once backfill. */
    public QualifiedName guardFunction(int number) {
        return new QualifiedName(SCHEMA, new Identifier("guard_" + hash() + "_" + number));
    }

    /** The trigger that follows rows whose key is new or changes during an exactly-once backfill. */
    public Identifier guardInsertTrigger(int number) {
        return new Identifier("zzz_neap_guard_insert_" + hash() + "_" + number);
    }

    /** The same for changed keys. */
    public Identifier guardUpdateTrigger(int number) {
        return new Identifier("zzz_neap_guard_update_" + hash() + "_" + number);
    }

    /** The function behind the move trigger of a convergent backfill. */
    public QualifiedName moveFunction(int number) {
        return new QualifiedName(SCHEMA, new Identifier("move_" + hash() + "_" + number));
    }

    /** The trigger that puts rows right which move while a convergent backfill has to reach them. */
    public Identifier moveTrigger(int number) {
        return new Identifier("zzz_neap_move_" + hash() + "_" + number);
    }

    /** The CHECK by way of which a column becomes NOT NULL. */
    public Identifier notNullCheck(Identifier column) {
        return Identifier.shortened("neap_not_null_" + column.value(), "_" + hash());
    }

    /** What a column, index or constraint is called from when its successor has its name until it goes. */
    public Identifier predecessor(Identifier name) {
        return derived(name, "_neap_old_" + hash());
    }

    /** What a column, index or constraint is called until the one that it replaces has gone, or has given up its name. */
    public Identifier successor(Identifier predecessor) {
        return derived(predecessor, "_neap_" + hash());
    }

    /** Of names that have to be cut, a hash of the whole keeps those apart that begin alike. */
    private static Identifier derived(Identifier name, String suffix) {
        Identifier cut = Identifier.shortened(name.value(), suffix);
        return cut.value().equals(name.value() + suffix)
                ? cut
                : Identifier.shortened(
                        name.value(), "_" + Fingerprint.ofText(name.value()).value().substring(0, 6) + suffix);
    }

    /** What a table, index or sequence is called once its successor bears its name. */
    public Identifier retired(Identifier predecessor) {
        return derived(predecessor, "_neap_old_" + hash());
    }

    /** The function by which a table follows another one. */
    public QualifiedName mirrorFunction(String direction) {
        return new QualifiedName(SCHEMA, new Identifier("mirror_" + direction + "_" + hash()));
    }

    /**
     * The trigger by which another table follows. It fires first of all, before the foreign keys' own triggers (which are
     * called RI_…): what these do to other tables then finds both tables alike.
     */
    public Identifier mirrorTrigger(String event) {
        return new Identifier("AAA_neap_mirror_" + event + "_" + hash());
    }

    /** The trigger that keeps rows in their partitions. It sees what users' own BEFORE triggers made of the row. */
    public Identifier stayTrigger() {
        return new Identifier("zzz_neap_stay_" + hash());
    }

    /** The function that has the last word before two tables change places. */
    public QualifiedName swapFunction() {
        return new QualifiedName(SCHEMA, new Identifier("swap_" + hash()));
    }
}
