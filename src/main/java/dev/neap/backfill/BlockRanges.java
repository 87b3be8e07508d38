package dev.neap.backfill;

import dev.neap.catalog.Key;
import dev.neap.catalog.KeySql;
import dev.neap.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ranges of tuple addresses (PostgreSQL 14 and later read them with a TID Range Scan). The unit is a tuple slot, numbered
 * through the table as {@code block · 2048 + offset}, so that a range can be cut down to a single row; ranges of a block
 * or more end with a block.
 *
 * <p>Rows move as they are updated, so a range may meet a row again, or miss one: only for work that does no harm twice,
 * and whose verification finds what was missed.
 */
public final class BlockRanges implements Ranges {

    /** More than a page can hold: MaxHeapTuplesPerPage is 291 for 8 kB and 1169 for 32 kB pages. */
    private static final long SLOTS = 2048;

    /** What tells rows apart whose key is not asked for. */
    public static final List<KeyPart> ADDRESS = List.of(new KeyPart("ctid", "", "tid"));

    private final QualifiedName table;
    private final double rowsPerBlock;
    private final Optional<KeySql> key;

    /**
     * @param rowsPerBlock about how many rows a block holds, for progress only; ≥ 0
     * @param key by which rows are named; empty if they have only their addresses
     */
    public BlockRanges(QualifiedName table, double rowsPerBlock, Optional<Key> key) {
        this.table = table;
        this.rowsPerBlock = rowsPerBlock;
        this.key = key.map(KeySql::new);
    }

    @Override
    public List<KeyPart> keyParts() {
        return ADDRESS;
    }

    @Override
    public Optional<List<String>> first(JdbcClient jdbc) {
        return Optional.of(address(0));
    }

    @Override
    public Optional<List<String>> last(JdbcClient jdbc) {
        long blocks = jdbc.sql("SELECT pg_relation_size(CAST(? AS regclass)) / current_setting('block_size')::bigint")
                .param(table.sql())
                .query(Long.class)
                .single();
        return blocks == 0 ? Optional.empty() : Optional.of(address(blocks * SLOTS - 1));
    }

    @Override
    public Optional<Range> next(JdbcClient jdbc, Optional<List<String>> after, List<String> upper, long size) {
        long begin = after.map(BlockRanges::slot).orElse(-1L);
        long end = slot(upper);
        if (begin >= end) {
            return Optional.empty();
        }
        long upTo = begin + size;
        if (size >= SLOTS) {
            upTo = upTo / SLOTS * SLOTS + SLOTS - 1;
        }
        long cut = Math.min(upTo, end);
        long rows = Math.round((cut - begin) / (double) SLOTS * rowsPerBlock);
        return Optional.of(new Range(after, address(cut), rows, size));
    }

    @Override
    public List<Span> spans(
            JdbcClient jdbc,
            Optional<List<String>> after,
            List<String> upper,
            long size,
            int most) {
        List<Span> spans = new ArrayList<>();
        Optional<List<String>> begin = after;
        while (spans.size() < most) {
            Optional<Range> next = next(jdbc, begin, upper, Math.max(SLOTS, size));
            if (next.isEmpty()) {
                return spans;
            }
            spans.add(new Span(next.get().upTo(), next.get().visited()));
            begin = Optional.of(next.get().upTo());
        }
        return spans;
    }

    @Override
    public List<List<String>> cuts(JdbcClient jdbc, int parts) {
        long blocks = last(jdbc).map(end -> slot(end) / SLOTS + 1).orElse(0L);
        return LongStream.range(1, parts)
                .map(part -> blocks * part / parts)
                .filter(block -> block > 0)
                .distinct()
                .mapToObj(block -> address(block * SLOTS - 1))
                .toList();
    }

    @Override
    public Optional<Long> file(JdbcClient jdbc) {
        return jdbc.sql("SELECT CAST(pg_relation_filenode(CAST(? AS regclass)) AS bigint)")
                .param(table.sql())
                .query(Long.class)
                .optional();
    }

    @Override
    public String remainder(int modulus) {
        return "mod(hashtid(ctid) & 2147483647, " + modulus + ")";
    }

    @Override
    public long sizeOf(long rows) {
        return Math.max(1, Math.round(rows / Math.max(1, rowsPerBlock))) * SLOTS;
    }

    @Override
    public String condition(Range range) {
        return (range.after().isPresent() ? "ctid > CAST(? AS tid) AND " : "") + "ctid <= CAST(? AS tid)";
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
        return key.map(by -> by.compare(prefix, "=", array)).orElse(prefix + "ctid = CAST(" + array + "[1] AS tid)");
    }

    @Override
    public String keyIsAmong(String prefix, String array, String source) {
        return key.map(by -> by.among(prefix, array, source))
                .orElse(prefix + "ctid IN (SELECT CAST(" + array + "[1] AS tid) FROM " + source + ")");
    }

    @Override
    public Optional<List<String>> keyOfOnly(JdbcClient jdbc, Range range) {
        return name(jdbc, range.upTo());
    }

    @Override
    public Optional<List<String>> name(JdbcClient jdbc, List<String> address) {
        return jdbc.sql("SELECT %s FROM %s WHERE ctid = CAST(? AS tid)"
                .formatted(key.map(by -> by.asText("")).orElse("ARRAY[ctid::text]"), table))
                .params(address)
                .query((row, i) -> CheckpointRow.list(row.getArray(1)))
                .optional()
                .flatMap(found -> found);
    }

    @Override
    public long initialSize() {
        return 64 * SLOTS;
    }

    @Override
    public long maxSize() {
        return 32_768 * SLOTS;
    }

    private static List<String> address(long slot) {
        return List.of("(" + slot / SLOTS + "," + slot % SLOTS + ")");
    }

    private static long slot(List<String> address) {
        String text = address.getFirst();
        int comma = text.indexOf(',');
        return Long.parseLong(text.substring(1, comma)) * SLOTS
                + Long.parseLong(text.substring(comma + 1, text.length() - 1));
    }
}
