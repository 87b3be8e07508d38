package dev.neap.trace;

import dev.neap.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user relations of a database as they were at one moment of a transaction.
 *
 * @param relations by oid
 */
public record Photograph(Map<Long, Seen> relations) {

    public Photograph {
        relations = Map.copyOf(relations);
    }

    /**
     * One relation.
     *
     * @param file its relfilenode; 0 if it has none
     * @param scans how often this session has begun to read it from end to end and not reported yet
     *     ({@code pg_stat_get_xact_numscans}); not only in this transaction, so that only differences count
     * @param owner the oid of what it belongs to
     */
    record Seen(QualifiedName name, RelationKind kind, long file, long scans, Optional<Long> owner) {}

    Optional<Seen> find(long oid) {
        return Optional.ofNullable(relations.get(oid));
    }

    /** The names of what a relation belongs to, the nearest first. */
    List<QualifiedName> owners(long oid) {
        List<QualifiedName> owners = new ArrayList<>();
        Set<Long> met = new HashSet<>(Set.of(oid));
        Optional<Long> owner = find(oid).flatMap(Seen::owner);
        while (owner.isPresent() && met.add(owner.get())) {
            Optional<Seen> seen = find(owner.get());
            seen.map(Seen::name).ifPresent(owners::add);
            owner = seen.flatMap(Seen::owner);
        }
        return owners;
    }

    boolean hasFile(long file) {
        return relations.values().stream().anyMatch(seen -> seen.file() == file);
    }
}
