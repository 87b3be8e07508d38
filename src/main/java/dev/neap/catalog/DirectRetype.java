package dev.neap.catalog;

import dev.neap.catalog.Retyped.Direct;
import dev.neap.sql.Identifier;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/**
 * Asks whether a change of type touches the catalog only, by doing it on a copy of the table that has its indexes and
 * checks: the file of the table and of each index must stay the same, and nothing may be scanned. An empty table tells as
 * well as a full one. Foreign keys can't be copied, so a column that belongs to one is never changed directly: PostgreSQL
 * would lock the other table too, and might check every row.
 */
final class DirectRetype {

    private static final String UTC = "SET LOCAL TimeZone = 'UTC'";

    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final TableCopy copy;
    private final Probe.Retype asked;

    DirectRetype(JdbcTemplate jdbc, TransactionStatus transaction, TableCopy copy, Probe.Retype asked) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.copy = copy;
        this.asked = asked;
    }

    /** @return empty if it is more than that */
    Optional<Direct> ask() {
        Column old = copy.table().column(asked.column()).orElseThrow();
        if (bound()) {
            return Optional.empty();
        }
        Probe.NewType type = asked.type();
        String forth = alter(type.type() + type.collation().map(name -> " COLLATE " + name).orElse(""));
        String back = alter(old.type() + old.collation().map(name -> " COLLATE " + name).orElse(""));
        Direct asGiven = new Direct(
                List.of(), forth + using(type.using()), Optional.of(back + using(type.reverse())));
        Stream<Direct> inUtc = type.using().filter(this::isAtUtc).isPresent()
                && type.reverse().map(this::isAtUtc).orElse(true)
                        ? Stream.of(new Direct(List.of(UTC), forth, Optional.of(back)))
                        : Stream.empty();
        return Stream.concat(Stream.of(asGiven), inUtc).flatMap(way -> tried(way).stream()).findFirst();
    }

    private boolean bound() {
        return copy.table()
                .constraints()
                .stream()
                .anyMatch(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY
                        && constraint.columns().contains(asked.column()))
                || copy.table()
                        .references()
                        .stream()
                        .anyMatch(reference -> reference.columns().contains(asked.column()));
    }

    private String alter(String type) {
        return "ALTER COLUMN " + asked.column() + " TYPE " + type;
    }

    private static String using(Optional<String> sql) {
        return sql.map(text -> " USING (" + text + ")").orElse("");
    }

    /** {@code created_at AT TIME ZONE 'UTC'}: in a session that is in UTC itself, that is the plain cast. */
    private boolean isAtUtc(String sql) {
        Identifier column = asked.column();
        String name = "(" + Pattern.quote(column.sql()) + "|" + Pattern.quote(column.value()) + ")";
        String atUtc = "\\(*\\s*" + name + "\\s*\\)*\\s+at\\s+time\\s+zone\\s+'(etc/)?(utc|gmt)'\\s*\\)*";
        return Pattern.compile(atUtc, Pattern.CASE_INSENSITIVE).matcher(sql.strip()).matches();
    }

    private Optional<Direct> tried(Direct way) {
        Object savepoint = transaction.createSavepoint();
        try {
            jdbc.execute("DROP TABLE " + copy.sql());
            jdbc.execute("CREATE TEMPORARY TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES"
                    .formatted(copy.table().name().name(), copy.table().name()) + " INCLUDING STATISTICS)");
            way.prelude().forEach(jdbc::execute);
            if (!catalogOnly(way.forth())) {
                return Optional.empty();
            }
            return Optional.of(new Direct(
                    way.prelude(), way.forth(), way.back().filter(this::takenAsCatalogOnly)));
        } catch (DataAccessException e) {
            refuseServerCondition(e);
            return Optional.empty();
        } finally {
            transaction.rollbackToSavepoint(savepoint);
            transaction.releaseSavepoint(savepoint);
        }
    }

    private boolean takenAsCatalogOnly(String action) {
        Object savepoint = transaction.createSavepoint();
        try {
            return catalogOnly(action);
        } catch (DataAccessException e) {
            refuseServerCondition(e);
            transaction.rollbackToSavepoint(savepoint);
            return false;
        }
    }

    private static void refuseServerCondition(DataAccessException e) {
        if (!(e.getMostSpecificCause() instanceof SQLException cause) || Prober.isServerCondition(cause)) {
            throw e;
        }
    }

    private boolean catalogOnly(String action) {
        Map<String, Long> before = work();
        jdbc.execute("ALTER TABLE " + copy.sql() + " " + action);
        return work().equals(before);
    }

    /** The files of the table and its indexes, and how often each was scanned. */
    private Map<String, Long> work() {
        Map<String, Long> work = new TreeMap<>();
        jdbc.query(
                """
                        SELECT c.relname, pg_relation_filenode(c.oid)::bigint AS file, c.relkind = 'i' AS is_index,
                          pg_stat_get_xact_numscans(c.oid) AS scans
                        FROM pg_class c
                        WHERE c.oid = ?::regclass
                          OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ?::regclass)
                        """,
                row -> {
                    work.put("file of " + row.getString("relname"), row.getLong("file"));
                    if (!row.getBoolean("is_index")) {
                        work.put("scans of " + row.getString("relname"), row.getLong("scans"));
                    }
                },
                copy.sql(),
                copy.sql());
        return work;
    }
}
