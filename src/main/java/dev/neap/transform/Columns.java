package dev.neap.transform;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a transform reads and writes, as its change file lists them. Tests of a transform make rows with it:
 * {@code new Columns(List.of("phone", "country"), List.of("phone_e164")).row("030 123456", "DE")}.
 */
public final class Columns {

    private final List<String> reads;
    private final List<String> writes;
    private final Map<String, Integer> read = new HashMap<>();
    private final Map<String, Integer> written = new HashMap<>();

    /**
     * @param reads names as the catalog has them, each once
     * @param writes likewise; a column may be among both
     */
    public Columns(List<String> reads, List<String> writes) {
        this.reads = List.copyOf(reads);
        this.writes = List.copyOf(writes);
        this.reads.forEach(name -> read.put(name, read.size()));
        this.writes.forEach(name -> written.put(name, written.size()));
        if (new HashSet<>(reads).size() < reads.size() || new HashSet<>(writes).size() < writes.size()) {
            throw new IllegalArgumentException("A column is listed twice in %s or %s.".formatted(reads, writes));
        }
    }

    /** A row with these values of the columns that are read, in their order; null is SQL's NULL. */
    public Row row(@Nullable Object... values) {
        if (values.length != reads.size()) {
            throw new IllegalArgumentException("%d values for %d columns.".formatted(values.length, reads.size()));
        }
        return new Row(this, values.clone());
    }

    public List<String> reads() {
        return reads;
    }

    public List<String> writes() {
        return writes;
    }

    /** @return its place among those that are read; -1 if it is not */
    int placeOfRead(String column) {
        return read.getOrDefault(column, -1);
    }

    /** @return its place among those that are written; -1 if it is not */
    int placeOfWritten(String column) {
        return written.getOrDefault(column, -1);
    }
}
