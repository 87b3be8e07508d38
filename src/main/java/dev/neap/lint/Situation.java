package dev.neap.lint;

import dev.neap.sql.QualifiedName;
import dev.neap.sql.SqlStatement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A statement with all that a check may look at.
 *
 * @param placed the statement
 * @param made the names, without their schemas, of relations that the file made before it
 * @param evidence what PostgreSQL did with it
 * @param before the transaction that it stands in
 * @param documented whether a comment of the file says that it can't be undone and where the backup is
 */
record Situation(
        SqlFile.Placed placed,
        Set<String> made,
        Evidence evidence,
        Before before,
        boolean documented) {

    /**
     * What came before it.
     *
     * @param inTransaction whether it runs in a transaction with others
     * @param lockTimeout the one in force; none is as good as 0
     * @param held tables on which the transaction holds a strong lock already
     */
    record Before(boolean inTransaction, Optional<Duration> lockTimeout, Set<QualifiedName> held) {}

    SqlStatement sql() {
        return placed.sql();
    }

    Phrase words() {
        return new Phrase(placed.sql().tokens());
    }

    /** Whether the file made the table itself, so that it is empty and nobody knows it. */
    boolean isFresh(String name) {
        String bare = Phrase.bare(name);
        return made.contains(bare) || evidence.isFresh(bare);
    }
}
