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
        return jdbc.sql(sql)
                .params(parameters)
                .query((row, i) -> {
                    long rows = row.getLong("n");
                    return CheckpointRow.list(row.getArray("up_to"))
                            // A page that is not full reaches the end, whatever its last row is.
                            .map(upTo -> new Range(after, rows < size ? upper : upTo, rows, size));
                })
                .single();
    }

    @Override
    public List<Span> spans(
            JdbcClient jdbc,
            Optional<List<String>> after,
            List<String> upper,
            long size,
            int most) {
        String sql = """
                WITH neap_walk AS (
                  SELECT %1$s, row_number() OVER (ORDER BY %2$s) AS neap_row
                    FROM %3$s WHERE %4$s%5$s ORDER BY %2$s LIMIT ?)
                SELECT DISTINCT ON (neap_span) %6$s AS up_to, count(*) OVER (PARTITION BY neap_span) AS n
                  FROM (SELECT *, (neap_row - 1) / ? AS neap_span FROM neap_walk) AS neap_rows
                 ORDER BY neap_span, neap_row DESC"""
                .formatted(
                        columns(),
                        key.orderBy(false),
                        table,
                        after.isPresent() ? key.compareWithParameters(">") + " AND " : "",
                        key.compareWithParameters("<="),
                        key.asText(""));
        List<Object> parameters = new ArrayList<>();
        after.ifPresent(parameters::addAll);
        parameters.addAll(upper);
        parameters.add(size * most);
        parameters.add(size);
        List<Span> spans = new ArrayList<>(jdbc.sql(sql)
                .params(parameters)
                .query((row, i) -> new Span(
                        CheckpointRow.list(row.getArray("up_to")).orElseThrow(), row.getLong("n")))
                .list());
        if (!spans.isEmpty() && spans.stream().mapToLong(Span::rows).sum() < size * most) {
            // What is not full reaches the end, whatever its last row is.
            spans.set(spans.size() - 1, new Span(upper, spans.getLast().rows()));
        }
        return spans;
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
    public long sizeOf(long rows) {
        return rows;
    }

    private String columns() {
        return String.join(
                ", ", key.key().names().stream().map(name -> name.sql()).toList());
    }

    @Override
    public String condition(Range range) {
        return (range.after().isPresent() ? key.compareWithParameters(">") + " AND " : "")
                + key.compareWithParameters("<=");
    }

    @Override
    public List<Object> parameters(Range range) {
        List<Object> parameters = new ArrayList<>();
        range.after().ifPresent(parameters::addAll);
        parameters.addAll(range.upTo());
        return parameters;
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
    public long initialSize() {
        return 2_000;
    }

    @Override
    public long maxSize() {
        return 1_000_000;
    }
}
