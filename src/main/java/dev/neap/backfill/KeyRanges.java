package dev.neap.backfill;

import dev.neap.catalog.Key;
import dev.neap.catalog.KeyCuts;
import dev.neap.catalog.KeySql;
import dev.neap.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ranges of a key, in the order of its index: the end of each is found by walking the index {@code size} rows on. */
public final class KeyRanges implements Ranges {

    private final QualifiedName table;
    private final KeySql key;

    public KeyRanges(QualifiedName table, Key key) {
        this.table = table;
        this.key = new KeySql(key);
    }

    @Override
    public List<KeyPart> keyParts() {
        return key.key()
                .columns()
                .stream()
                .map(part -> new KeyPart(
                        part.name().sql(), part.collation().map(c -> " COLLATE " + c).orElse(""), part.type()))
                .toList();
    }

    @Override
    public Optional<List<String>> first(JdbcClient jdbc) {
        return KeySpace.measures(key.key().columns().getFirst().type()) ? end(jdbc, false) : Optional.empty();
    }

    @Override
    public Optional<List<String>> last(JdbcClient jdbc) {
        return end(jdbc, true);
    }

    private Optional<List<String>> end(JdbcClient jdbc, boolean last) {
        return jdbc.sql("SELECT " + key.asText("") + " FROM " + table + " ORDER BY " + key.orderBy(last) + " LIMIT 1")
                .query((row, i) -> CheckpointRow.list(row.getArray(1)))
                .optional()
                .flatMap(found -> found);
    }

    @Override
    public Optional<Range> next(JdbcClient jdbc, Optional<List<String>> after, List<String> upper, long size) {
        String sql = """
                WITH neap_page AS MATERIALIZED (
                  SELECT %1$s FROM %2$s WHERE %3$s%4$s ORDER BY %5$s LIMIT ?)
                SELECT (SELECT %6$s FROM neap_page ORDER BY %7$s LIMIT 1) AS up_to, (SELECT count(*) FROM neap_page) AS n
                """
                .formatted(
                        columns(),
                        table,
                        after.isPresent() ? key.compareWithParameters(">") + " AND " : "",
                        key.compareWithParameters("<="),
                        key.orderBy(false),
                        key.asText(""),
                        key.orderBy(true));
        List<Object> parameters = new ArrayList<>();
        after.ifPresent(parameters::addAll);
        parameters.addAll(upper);
        parameters.add(size);
        return PlannerSettings.inKeyOrder(jdbc, () -> jdbc.sql(sql)
                .params(parameters)
                .query((row, i) -> {
                    long rows = row.getLong("n");
                    return CheckpointRow.list(row.getArray("up_to"))
                            // A page that is not full reaches the end, whatever its last row is.
                            .map(upTo -> new Range(after, rows < size ? upper : upTo, rows, size));
                })
                .single());
    }

    @Override
    public List<Span> spans(
            JdbcClient jdbc,
            Optional<List<String>> after,
            List<String> upper,
            long size,
            int most) {
        return PlannerSettings.inKeyOrder(jdbc, () -> spansInOrder(jdbc, after, upper, size, most));
    }

    private List<Span> spansInOrder(
            JdbcClient jdbc,
            Optional<List<String>> after,
            List<String> upper,
            long size,
            int most) {
        List<Span> spans = new ArrayList<>();
        Optional<List<String>> begin = after;
        while (spans.size() < most) {
            Optional<List<String>> end = at(jdbc, begin, upper, size);
            if (end.isEmpty()) {
                // What is not full reaches the end, whatever its last row is.
                long rest = count(jdbc, begin, upper);
                if (rest > 0) {
                    spans.add(new Span(upper, rest));
                }
                return spans;
            }
            spans.add(new Span(end.get(), size));
            begin = end;
        }
        return spans;
    }

    /** The key of the row that is so many rows on; an index-only scan skips the others, and nothing is computed for them. */
    private Optional<List<String>> at(
            JdbcClient jdbc,
            Optional<List<String>> after,
            List<String> upper,
            long rows) {
        String sql = "SELECT %s FROM (SELECT %s FROM %s WHERE %s ORDER BY %s OFFSET ? LIMIT 1) AS neap_row"
                .formatted(key.asText(""), columns(), table, between(after), key.orderBy(false));
        List<Object> parameters = between(after, upper);
        parameters.add(rows - 1);
        return jdbc.sql(sql)
                .params(parameters)
                .query((row, i) -> CheckpointRow.list(row.getArray(1)).orElseThrow())
                .optional();
    }

    private long count(JdbcClient jdbc, Optional<List<String>> after, List<String> upper) {
        return jdbc.sql("SELECT count(*) FROM %s WHERE %s".formatted(table, between(after)))
                .params(between(after, upper))
                .query(Long.class)
                .single();
    }

    private String between(Optional<List<String>> after) {
        return (after.isPresent() ? key.compareWithParameters(">") + " AND " : "") + key.compareWithParameters("<=");
    }

    private static List<Object> between(Optional<List<String>> after, List<String> upper) {
        List<Object> parameters = new ArrayList<>();
        after.ifPresent(parameters::addAll);
        parameters.addAll(upper);
        return parameters;
    }

    @Override
    public List<List<String>> cuts(JdbcClient jdbc, int parts) {
        return jdbc.sql(KeyCuts.query(table, key, parts))
                .query((row, i) -> CheckpointRow.list(row.getArray("cut")).orElseThrow())
                .list();
    }

    @Override
    public Optional<Long> file(JdbcClient jdbc) {
        return Optional.empty();
    }

    @Override
    public String remainder(int modulus) {
        return key.remainder("", Integer.toString(modulus));
    }

    @Override
    public double lookingCost() {
        return key.wholeNumber().isPresent() ? 0.1 : 0.1 + 0.15 * key.key().columns().size();
    }

    @Override
    public String remainder(int modulus, Range range) {
        return key.wholeNumber()
                .filter(column -> range.after().map(after -> Long.parseLong(after.getFirst()) >= 0).orElse(false))
                .map(column -> column + " % " + modulus)
                .orElseGet(() -> remainder(modulus));
    }

    @Override
    public long sizeOf(long rows) {
        return rows;
    }

    private String columns() {
        return String.join(
                ", ", key.key().names().stream().map(name -> name.sql()).toList());
    }

    @Override
    public String condition(Range range) {
        return between(range.after());
    }

    @Override
    public List<Object> parameters(Range range) {
        return between(range.after(), range.upTo());
    }

    @Override
    public String keyIs(String prefix, String array) {
        return key.compare(prefix, "=", array);
    }

    @Override
    public String keyIsAmong(String prefix, String array, String source) {
        return key.among(prefix, array, source);
    }

    @Override
    public Optional<List<String>> keyOfOnly(JdbcClient jdbc, Range range) {
        return Optional.of(range.upTo());
    }

    @Override
    public Optional<List<String>> name(JdbcClient jdbc, List<String> values) {
        return Optional.of(values);
    }

    @Override
    public long initialSize() {
        return 2_000;
    }

    @Override
    public long maxSize() {
        return 1_000_000;
    }
}
