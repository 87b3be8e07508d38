package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.sql.QualifiedName;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ranges of the notes on rows that moved: the rows of a range are those that its notes name. A row is found however often
 * it moved: its last note has the key that it has now.
 *
 * <p>Notes are taken in the order of their transactions, {@code (xid, id)}, and only those below the oldest transaction
 * that is still open ({@code pg_snapshot_xmin}): so none can come to light behind the position. The order of their numbers
 * would not do, since a number is drawn long before its note is committed. Where a row moves once more while it is looked
 * up, its next note is of a transaction that was open then, or that came later, and so still lies ahead.
 *
 * @param rows how rows are named in the notes
 * @param backfillId the step that the notes were made for
 * @param untilNone whether notes that come while it goes on count too
 */
public record MovedRanges(
        QualifiedName table,
        Ranges rows,
        ChangeName change,
        StepId backfillId,
        boolean untilNone)
        implements
            Ranges {

    private static final String MINE = "neap_moved.change = ? AND neap_moved.step = ?";
    private static final String PLACE = "(neap_moved.xid, neap_moved.id)";
    private static final String GIVEN = "(CAST(? AS xid8), CAST(? AS bigint))";
    private static final String LATER = MINE + " AND " + PLACE + " > " + GIVEN + " AND (? OR " + PLACE + " <= " + GIVEN
            + ")";

    @Override
    public List<KeyPart> keyParts() {
        return rows.keyParts();
    }

    /** Notes can't tell how far the work is. */
    @Override
    public Optional<List<String>> first(JdbcClient jdbc) {
        return Optional.empty();
    }

    @Override
    public Optional<List<String>> last(JdbcClient jdbc) {
        return jdbc
                .sql("SELECT xid::text, id::text FROM neap.moved neap_moved WHERE " + MINE
                        + " ORDER BY xid DESC, id DESC LIMIT 1")
                .params(change.value(), backfillId.value())
                .query((row, i) -> List.of(row.getString("xid"), row.getString("id")))
                .optional();
    }

    @Override
    public Optional<Range> next(JdbcClient jdbc, Optional<List<String>> after, List<String> upper, long size) {
        Optional<Range> found = jdbc
                .sql("""
                        WITH neap_page AS MATERIALIZED (
                          SELECT xid, id FROM neap.moved neap_moved
                           WHERE %s AND xid < pg_snapshot_xmin(pg_current_snapshot())
                           ORDER BY xid, id LIMIT ?)
                        SELECT xid::text, id::text, (SELECT count(*) FROM neap_page) AS notes
                          FROM neap_page ORDER BY neap_page.xid DESC, neap_page.id DESC LIMIT 1"""
                        .formatted(LATER))
                .params(later(after, upper))
                .param(size)
                .query((row, i) -> new Range(
                        after, List.of(row.getString("xid"), row.getString("id")), row.getLong("notes"), size))
                .optional();
        // Some have come since it was asked who is in the way: an empty range, before which that is asked again.
        return found.or(() -> hasLater(jdbc, after, upper)
                ? Optional.of(new Range(after, begin(after), 0, size))
                : Optional.empty());
    }

    private boolean hasLater(JdbcClient jdbc, Optional<List<String>> after, List<String> upper) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM neap.moved neap_moved WHERE " + LATER + ")")
                .params(later(after, upper))
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<String> inTheWay(JdbcClient jdbc, Optional<List<String>> after, List<String> upper) {
        boolean open = jdbc
                .sql("SELECT xid >= pg_snapshot_xmin(pg_current_snapshot()) FROM neap.moved neap_moved WHERE " + LATER
                        + " ORDER BY xid, id LIMIT 1")
                .params(later(after, upper))
                .query(Boolean.class)
                .optional()
                .orElse(false);
        return open
                ? Optional.of("rows that moved are looked up in the order of transactions, and %s has to end first"
                        .formatted(Horizon.writer(jdbc).orElse("one that this role may not see")))
                : Optional.empty();
    }

    private List<Object> later(Optional<List<String>> after, List<String> upper) {
        List<Object> parameters = new ArrayList<>(List.of(change.value(), backfillId.value()));
        parameters.addAll(begin(after));
        parameters.add(untilNone);
        parameters.addAll(upper);
        return parameters;
    }

    private static List<String> begin(Optional<List<String>> after) {
        return after.orElse(List.of("0", "0"));
    }

    @Override
    public List<Span> spans(JdbcClient jdbc, Optional<List<String>> after, List<String> upper, long size, int most) {
        throw new IllegalStateException("Rows that moved are not woven.");
    }

    @Override
    public List<List<String>> cuts(JdbcClient jdbc, int parts) {
        return List.of();
    }

    @Override
    public Optional<Long> file(JdbcClient jdbc) {
        return Optional.empty();
    }

    @Override
    public String remainder(int modulus) {
        return rows.remainder(modulus);
    }

    @Override
    public long sizeOf(long count) {
        return count;
    }

    @Override
    public String condition(Range range) {
        return rows.keyIsAmong(
                table.name() + ".",
                "neap_moved.key",
                "neap.moved neap_moved WHERE " + MINE + " AND " + PLACE + " > " + GIVEN + " AND " + PLACE + " <= "
                        + GIVEN);
    }

    @Override
    public List<Object> parameters(Range range) {
        List<Object> parameters = new ArrayList<>(List.of(change.value(), backfillId.value()));
        parameters.addAll(begin(range.after()));
        parameters.addAll(range.upTo());
        return parameters;
    }

    @Override
    public String keyIs(String prefix, String array) {
        return rows.keyIs(prefix, array);
    }

    @Override
    public String keyIsAmong(String prefix, String array, String source) {
        return rows.keyIsAmong(prefix, array, source);
    }

    @Override
    public Optional<List<String>> keyOfOnly(JdbcClient jdbc, Range range) {
        return jdbc.sql("SELECT key FROM neap.moved neap_moved WHERE " + MINE + " AND " + PLACE + " = " + GIVEN)
                .params(change.value(), backfillId.value())
                .params(range.upTo())
                .query((row, i) -> CheckpointRow.list(row.getArray(1)))
                .optional()
                .flatMap(found -> found);
    }

    @Override
    public Optional<List<String>> name(JdbcClient jdbc, List<String> key) {
        return rows.name(jdbc, key);
    }

    @Override
    public long initialSize() {
        return 500;
    }

    @Override
    public long maxSize() {
        return 10_000;
    }
}
