package dev.neap.transform;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row: values of the columns that are read, and those to be written. Never changes; {@link #with} gives another one.
 *
 * <p>Values are of these classes, and null is SQL's NULL:
 *
 * <ul>
 *   <li>smallint, integer: {@link Integer}; bigint: {@link Long}; real: {@link Float}; double precision: {@link Double}
 *   <li>numeric: {@link java.math.BigDecimal}; NaN and the infinities: {@link Double}
 *   <li>boolean: {@link Boolean}; uuid: {@link java.util.UUID}; bytea: {@code byte[]}
 *   <li>date, time, timestamp, and those with time zone: {@link java.time.LocalDate}, {@link java.time.LocalTime},
 *       {@link java.time.LocalDateTime}, {@link java.time.OffsetTime}, {@link java.time.OffsetDateTime} (in UTC); infinity
 *       is the greatest or the least of its class
 *   <li>arrays of these without the times and bytea: {@link java.util.List}, in as many layers as the array has
 *   <li>everything else (text, varchar, json, enums, inet, intervals, ranges, composites …): {@link String}, as PostgreSQL
 *       prints it
 *   <li>a domain: as the type under it
 * </ul>
 *
 * To be written, a column takes any of these classes, as long as PostgreSQL understands the value's text as one of the
 * column's type: an integer column takes a Long, and every column a String.
 */
public final class Row {

    private static final Object UNCHANGED = new Object();

    private final Columns columns;
    private final @Nullable Object[] read;
    /** Null as long as nothing is to be written. */
    private final @Nullable Object @Nullable [] written;

    Row(Columns columns, @Nullable Object[] read) {
        this(columns, read, null);
    }

    private Row(Columns columns, @Nullable Object[] read, @Nullable Object @Nullable [] written) {
        this.columns = columns;
        this.read = read;
        this.written = written;
    }

    /**
     * The value that the column will have: what was given to {@link #with}, else what was read.
     *
     * @throws TransformMistake if it is neither read nor given
     */
    public @Nullable Object get(String column) {
        int place = columns.placeOfWritten(column);
        if (place >= 0 && written != null && !UNCHANGED.equals(written[place])) {
            return written[place];
        }
        place = columns.placeOfRead(column);
        if (place < 0) {
            throw new TransformMistake("Column %s is not read: the change file reads %s. Add it there."
                    .formatted(column, columns.reads()));
        }
        return read[place];
    }

    /**
     * The same as a value of a class.
     *
     * @throws TransformMistake if it is of another class
     */
    public <T> @Nullable T get(String column, Class<T> type) {
        Object value = get(column);
        if (value != null && !type.isInstance(value)) {
            throw new TransformMistake("Column %s holds a %s, not a %s. Ask for that."
                    .formatted(column, value.getClass().getName(), type.getName()));
        }
        return type.cast(value);
    }

    /** The same as text. */
    public @Nullable String text(String column) {
        return get(column, String.class);
    }

    /**
     * This row with a value to be written; null for SQL's NULL.
     *
     * @throws TransformMistake if the change file does not list the column among those that are written
     */
    public Row with(String column, @Nullable Object value) {
        int place = columns.placeOfWritten(column);
        if (place < 0) {
            throw new TransformMistake("Column %s is not written: the change file writes %s. Add it there."
                    .formatted(column, columns.writes()));
        }
        @Nullable
        Object[] more = written == null ? unchanged() : written.clone();
        more[place] = value;
        return new Row(columns, read, more);
    }

    private @Nullable Object[] unchanged() {
        @Nullable
        Object[] values = new @Nullable Object[columns.writes().size()];
        java.util.Arrays.fill(values, UNCHANGED);
        return values;
    }

    /** The values given to {@link #with}, by column; those of other columns stay as they are. */
    public Map<String, @Nullable Object> written() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; written != null && i < written.length; i++) {
            if (!UNCHANGED.equals(written[i])) {
                values.put(columns.writes().get(i), written[i]);
            }
        }
        return values;
    }

    /** The row as it would be read after what is to be written has been. */
    public Row again() {
        @Nullable
        Object[] values = read.clone();
        written().forEach((column, value) -> {
            int place = columns.placeOfRead(column);
            if (place >= 0) {
                values[place] = value;
            }
        });
        return new Row(columns, values);
    }

    public Columns columns() {
        return columns;
    }

    @Override
    public String toString() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        columns.reads().forEach(column -> values.put(column, read[columns.placeOfRead(column)]));
        return values + " with " + written();
    }
}
