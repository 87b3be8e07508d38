package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.sql.QualifiedName;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ranges of the notes on rows that moved, in the order of their numbers: the rows of a range are those that its notes
 * name. A row is found however often it moved: its last note has the key that it has now.
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
        return jdbc.sql("SELECT max(id)::text FROM neap.moved neap_moved WHERE " + MINE)
                .params(change.value(), backfillId.value())
                .query((row, i) -> Optional.ofNullable(row.getString(1)).map(List::of))
                .single();
    }

    @Override
    public Optional<Range> next(JdbcClient jdbc, Optional<List<String>> after, List<String> upper, long size) {
        return jdbc
                .sql("""
                        SELECT max(id)::text AS up_to, count(*) AS n FROM (
                          SELECT id FROM neap.moved neap_moved WHERE %s AND id > CAST(? AS bigint) AND (? OR id <= CAST(? AS bigint))
                           ORDER BY id LIMIT ?) AS neap_page"""
                        .formatted(MINE))
                .params(change.value(), backfillId.value(), begin(after), untilNone, upper.getFirst(), size)
                .query((row, i) -> {
                    long notes = row.getLong("n");
                    return Optional.ofNullable(row.getString("up_to"))
                            .map(upTo -> new Range(after, List.of(upTo), notes, size));
                })
                .single();
    }

    private static String begin(Optional<List<String>> after) {
        return after.map(List::getFirst).orElse("0");
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
                "neap.moved neap_moved WHERE " + MINE
                        + " AND neap_moved.id > CAST(? AS bigint) AND neap_moved.id <= CAST(? AS bigint)");
    }

    @Override
    public List<Object> parameters(Range range) {
        List<Object> parameters = new ArrayList<>(List.of(change.value(), backfillId.value(), begin(range.after())));
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
        return jdbc.sql("SELECT key FROM neap.moved WHERE id = CAST(? AS bigint)")
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
