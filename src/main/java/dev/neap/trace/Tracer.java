package dev.neap.trace;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.trace.Photograph.Seen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what a transaction did, in the transaction itself: {@link #photograph} first, then the statements, then
 * {@link #footprint}. PostgreSQL keeps every relation lock until the transaction ends, so that whatever was changed or
 * read is among the locks; rewrites show in {@code pg_class.relfilenode}, scans in {@code seq_scan} (facts on
 * PostgreSQL 14 to 18; the number of rows read tells nothing on an empty table).
 *
 * <p>Both take the client of the transaction. The photograph reads all of {@code pg_class}; the footprint, which is read
 * while locks are held, only the relations that are locked.
 */
public final class Tracer {

    private static final String COLUMNS = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relfilenode, pg_stat_get_xact_numscans(c.oid) AS scans,
                   c.reltoastrelid,
                   CASE WHEN c.relkind IN ('i', 'I') THEN i.indrelid
                        WHEN c.relkind = 'S' THEN (SELECT min(d.refobjid) FROM pg_depend d
                          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                            AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
                        ELSE (SELECT min(h.inhparent) FROM pg_inherits h WHERE h.inhrelid = c.oid) END AS owner""";

    /** 16384 is {@code FirstNormalObjectId}: what is below was made by initdb. */
    private static final String ALL = COLUMNS + """

              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_index i ON i.indexrelid = c.oid
             WHERE c.oid >= 16384 AND n.nspname <> 'neap'
            """;

    private static final String LOCKED = """
            WITH held AS MATERIALIZED (
              SELECT l.relation AS oid, array_agg(DISTINCT l.mode) AS modes FROM pg_locks l
               WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.mode <> 'SIReadLock'
                 AND l.relation >= 16384
                 AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
               GROUP BY l.relation)
            SELECT held.oid AS locked, held.modes, now.*,
                   CASE WHEN now.relkind IN ('r', 'm', 't') THEN pg_relation_size(now.oid) = 0 ELSE false END AS empty
              FROM held LEFT JOIN LATERAL (
            """ + COLUMNS + """

              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_index i ON i.indexrelid = c.oid
             WHERE c.oid = held.oid) AS now ON true
            """;

    /** What a session has locked, or waits to lock. */
    private static final String OF_ANOTHER = """
            SELECT l.relation AS oid, array_agg(DISTINCT l.mode) AS modes FROM pg_locks l
             WHERE l.pid = :pid AND l.locktype = 'relation' AND l.mode <> 'SIReadLock' AND l.relation >= 16384
               AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
             GROUP BY l.relation
            """;

    private Tracer() {}

    /** One row of what is locked. */
    private record Held(long oid, Lock lock, Optional<Seen> now, boolean empty) {}

    /** Before the statements. */
    public static Photograph photograph(JdbcClient within) {
        Map<Long, Seen> relations = new HashMap<>();
        Map<Long, Long> toasted = new HashMap<>();
        within.sql(ALL).query(row -> {
            relations.put(row.getLong("oid"), seen(row));
            toasted.put(row.getLong("reltoastrelid"), row.getLong("oid"));
        });
        toasted.forEach((toast, table) -> relations.computeIfPresent(toast, (oid, seen) -> ownedBy(seen, table)));
        return new Photograph(relations);
    }

    /** After the statements: what the transaction did since it began, or since the photograph as far as it shows there. */
    public static Footprint footprint(JdbcClient within, Photograph before) {
        List<Held> held = new ArrayList<>();
        Map<Long, Long> toasted = new HashMap<>();
        within.sql(LOCKED).query(row -> {
            Optional<Seen> now = row.getObject("oid") == null ? Optional.empty() : Optional.of(seen(row));
            held.add(new Held(row.getLong("locked"), strongest(row), now, row.getBoolean("empty")));
            toasted.put(row.getLong("reltoastrelid"), row.getLong("locked"));
        });
        Map<Long, Seen> known = new HashMap<>();
        held.forEach(relation -> relation.now()
                .map(seen -> toasted.containsKey(relation.oid())
                        ? ownedBy(seen, toasted.get(relation.oid()))
                        : seen)
                .ifPresent(seen -> known.put(relation.oid(), seen)));
        // As they were called and owned before, where they were there.
        known.putAll(before.relations());
        Photograph names = new Photograph(known);
        return new Footprint(
                held.stream()
                        .filter(relation -> names.find(relation.oid()).isPresent())
                        .map(relation -> trace(relation, before, names, held))
                        .filter(trace -> !trace.name().schema().value().equals("neap"))
                        .toList());
    }

    /** The strongest lock that another session holds or waits for, by the oid of the relation. */
    public static Map<Long, Lock> locks(JdbcClient looker, int pid) {
        Map<Long, Lock> locks = new HashMap<>();
        looker.sql(OF_ANOTHER).param("pid", pid).query(row -> {
            locks.put(row.getLong("oid"), strongest(row));
        });
        return locks;
    }

    /**
     * What was done between two photographs by a statement that runs in several transactions of its own.
     *
     * @param locks that it was seen with, by the oid of the relation; what is written anew is locked exclusively anyhow
     */
    public static Footprint between(Photograph before, Photograph after, Map<Long, Lock> locks) {
        Map<Long, Seen> known = new HashMap<>(after.relations());
        known.putAll(before.relations());
        Photograph names = new Photograph(known);
        List<Trace> traces = new ArrayList<>();
        known.forEach((oid, seen) -> {
            Lock lock = locks.getOrDefault(oid, Lock.NONE);
            Set<Deed> deeds = deeds(new Held(oid, lock, after.find(oid), false), before);
            if (!deeds.isEmpty() || lock != Lock.NONE) {
                traces.add(new Trace(
                        seen.name(), seen.kind(), names.owners(oid),
                        deeds.contains(Deed.REWRITTEN) ? Lock.ACCESS_EXCLUSIVE : lock, deeds, false));
            }
        });
        return new Footprint(traces);
    }

    private static Trace trace(Held held, Photograph before, Photograph names, List<Held> all) {
        Seen named = names.find(held.oid()).orElseThrow();
        boolean empty = named.owner()
                .filter(owner -> !named.kind().hasRows())
                .flatMap(owner -> all.stream().filter(other -> other.oid() == owner).findFirst())
                .map(Held::empty)
                .orElse(held.empty());
        return new Trace(
                named.name(), named.kind(), names.owners(held.oid()), held.lock(), deeds(held, before), empty);
    }

    private static Set<Deed> deeds(Held held, Photograph before) {
        Optional<Seen> was = before.find(held.oid());
        Set<Deed> deeds = EnumSet.noneOf(Deed.class);
        if (held.now().isEmpty()) {
            deeds.add(Deed.DROPPED);
            return deeds;
        }
        Seen now = held.now().get();
        if (was.isEmpty()) {
            deeds.add(Deed.CREATED);
        }
        boolean filed = was.map(seen -> seen.file() != now.file()).orElseGet(() -> !before.hasFile(now.file()));
        if (now.kind() == RelationKind.INDEX && filed) {
            deeds.add(Deed.BUILT);
        }
        if (now.kind().hasRows() && was.isPresent() && filed) {
            deeds.add(Deed.REWRITTEN);
        }
        if (now.kind().hasRows() && now.scans() > was.map(Seen::scans).orElse(0L)) {
            deeds.add(Deed.SCANNED);
        }
        return deeds;
    }

    private static Seen ownedBy(Seen seen, long owner) {
        return new Seen(seen.name(), seen.kind(), seen.file(), seen.scans(), Optional.of(owner));
    }

    private static Seen seen(ResultSet row) throws SQLException {
        long owner = row.getLong("owner");
        Optional<Long> known = row.wasNull() ? Optional.empty() : Optional.of(owner);
        return new Seen(
                QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                RelationKind.of(row.getString("relkind")),
                row.getLong("relfilenode"),
                row.getLong("scans"),
                known);
    }

    private static Lock strongest(ResultSet row) throws SQLException {
        Lock strongest = Lock.NONE;
        for (Object mode : (Object[]) row.getArray("modes").getArray()) {
            strongest = Lock.stronger(strongest, lock(String.valueOf(mode)));
        }
        return strongest;
    }

    /** {@code AccessExclusiveLock} is ACCESS EXCLUSIVE. */
    private static Lock lock(String mode) {
        String name = mode.substring(0, mode.length() - "Lock".length()).replaceAll("(?<=[a-z])(?=[A-Z])", "_");
        return Lock.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
