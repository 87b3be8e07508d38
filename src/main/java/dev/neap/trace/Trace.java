package dev.neap.trace;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import java.util.List;
import java.util.Set;

/**
 * What a transaction did to one relation.
 *
 * @param name as it was called before the transaction; of one that it made, as it is called now
 * @param owners what it belongs to, the nearest first: an index, a TOAST table or an owned sequence to its table, a
 *     partition to its parent and the parent's own
 * @param lock the strongest that the transaction holds on it
 * @param empty whether it holds no row now, so that reading it cost nothing; of an index, whether its table does
 */
public record Trace(
        QualifiedName name,
        RelationKind kind,
        List<QualifiedName> owners,
        Lock lock,
        Set<Deed> deeds,
        boolean empty) {

    public Trace {
        owners = List.copyOf(owners);
        deeds = Set.copyOf(deeds);
    }

    /** Whether this is the relation of that name, or belongs to it. */
    public boolean isOf(QualifiedName relation) {
        return name.equals(relation) || owners.contains(relation);
    }

    public boolean did(Deed deed) {
        return deeds.contains(deed);
    }

    /** {@code index public.users_pkey}. */
    public String words() {
        return kind.words() + " " + name;
    }
}
