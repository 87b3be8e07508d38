package dev.neap.step;

import dev.neap.sql.QualifiedName;

/**
 * A lock that a step takes on another relation than its table: the parent of a foreign key, a table that is swapped.
 *
 * @param relation as it is called before the step; of an index, a sequence or a partition also the table it belongs to
 * @param work the most that it does to the rows there
 */
public record RelationLock(QualifiedName relation, Lock lock, Work work) {

    /** One under which the rows are left alone. */
    public RelationLock(QualifiedName relation, Lock lock) {
        this(relation, lock, Work.CATALOG);
    }
}
