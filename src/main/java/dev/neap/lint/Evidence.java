package dev.neap.lint;

import dev.neap.shadow.Judged;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.trace.Deed;
import dev.neap.trace.RelationKind;
import dev.neap.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of what a statement does to tables that were there before its file: others use those, and they may be
 * large. What the file made itself counts for nothing.
 *
 * @param judged what PostgreSQL did on the shadow; empty if it could not be asked
 * @param schemaKnown whether what is missing there is missing
 */
record Evidence(Optional<Judged> judged, boolean schemaKnown) {

    private static final Set<RelationKind> TABLES = Set.of(
            RelationKind.TABLE, RelationKind.PARTITIONED_TABLE, RelationKind.MATERIALIZED_VIEW, RelationKind.VIEW,
            RelationKind.FOREIGN_TABLE);

    /** Whether PostgreSQL was asked, and did it. */
    boolean isThere() {
        return judged.filter(answer -> answer.error().isEmpty()).isPresent();
    }

    /** Whether there is nothing of the name that it would change IF that EXISTS; of tables and views. */
    boolean foundNothing() {
        return schemaKnown && isThere() && traces().findAny().isEmpty();
    }

    /** Where PostgreSQL did it, what it did; else what the words alone let expect. */
    boolean or(boolean done, boolean expected) {
        return isThere() ? done : expected;
    }

    /** The tables that others know and that it locks so that writers, or readers too, have to wait. */
    List<Trace> strong() {
        return old().filter(trace -> TABLES.contains(trace.kind()))
                .filter(trace -> !Lock.SHARE.isStrongerThan(trace.lock()))
                .toList();
    }

    /** Those that it locks at least so that rows of theirs change. */
    List<Trace> written() {
        return old().filter(trace -> TABLES.contains(trace.kind()))
                .filter(trace -> !Lock.ROW_EXCLUSIVE.isStrongerThan(trace.lock()))
                .toList();
    }

    /** Those that it reads from end to end. */
    List<Trace> scanned() {
        return old().filter(trace -> TABLES.contains(trace.kind()) && trace.did(Deed.SCANNED)).toList();
    }

    /** Those that it writes anew. */
    List<Trace> rewritten() {
        return old().filter(trace -> TABLES.contains(trace.kind()) && trace.did(Deed.REWRITTEN)).toList();
    }

    /** Whether it builds an index on one of them. */
    boolean builds() {
        return traces().anyMatch(trace -> trace.did(Deed.BUILT) && trace.owners()
                .stream()
                .findFirst()
                .filter(table -> !isFresh(table) && traces().noneMatch(
                        other -> other.name().equals(table) && other.did(Deed.CREATED)))
                .isPresent());
    }

    /** Whether it reads one of them from end to end while writers have to wait for it. */
    boolean scansUnderStrongLock() {
        return !strong().isEmpty() && !scanned().isEmpty();
    }

    /** Whether the file itself made the relation, as far as PostgreSQL was asked. */
    boolean isFresh(QualifiedName name) {
        return judged.filter(answer -> answer.fresh().contains(name)).isPresent();
    }

    /** The same for a name without its schema. */
    boolean isFresh(String bare) {
        return judged.filter(answer -> answer.fresh()
                .stream()
                .anyMatch(name -> name.name().value().equals(bare)))
                .isPresent();
    }

    private java.util.stream.Stream<Trace> old() {
        return traces().filter(trace -> !trace.did(Deed.CREATED) && !isFresh(trace.name()));
    }

    private java.util.stream.Stream<Trace> traces() {
        return judged.stream().flatMap(answer -> answer.footprint().traces().stream());
    }

    /** The table that all partitions belong to, or the relation itself. */
    static QualifiedName root(Trace trace) {
        return trace.owners().isEmpty() ? trace.name() : trace.owners().getLast();
    }

    /** {@code table public.users and table public.orders}. */
    static String words(List<Trace> traces) {
        return String.join(" and ", traces.stream().map(Trace::words).toList());
    }
}
