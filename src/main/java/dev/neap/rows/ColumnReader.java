package dev.neap.rows;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column, as {@link dev.neap.transform.Row} lists their classes. */
interface ColumnReader {

    /** Null for SQL's NULL. */
    @Nullable
    Object read(ResultSet row, int column) throws SQLException;

    /**
     * @param type the base type, as {@code format_type} prints it without a modifier
     */
    static ColumnReader of(String type) {
        return switch (type) {
            case "smallint", "integer" -> as(Integer.class);
            case "bigint" -> as(Long.class);
            case "real" -> as(Float.class);
            case "double precision" -> as(Double.class);
            case "boolean" -> as(Boolean.class);
            case "uuid" -> as(UUID.class);
            case "bytea" -> ResultSet::getBytes;
            case "date" -> as(LocalDate.class);
            case "time without time zone" -> as(LocalTime.class);
            case "time with time zone" -> as(OffsetTime.class);
            case "timestamp without time zone" -> as(LocalDateTime.class);
            case "timestamp with time zone" -> as(OffsetDateTime.class);
            case "numeric" -> parsed(ColumnReader::number);
            case "smallint[]", "integer[]" -> array(Integer::valueOf);
            case "bigint[]" -> array(Long::valueOf);
            case "real[]" -> array(Float::valueOf);
            case "double precision[]" -> array(Double::valueOf);
            case "boolean[]" -> array("t"::equals);
            case "uuid[]" -> array(UUID::fromString);
            case "numeric[]" -> array(ColumnReader::number);
            case "text[]", "character varying[]", "character[]", "name[]" -> array(text -> text);
            default -> ResultSet::getString;
        };
    }

    private static ColumnReader as(Class<?> type) {
        return (row, column) -> row.getObject(column, type);
    }

    private static ColumnReader parsed(Function<String, Object> parse) {
        return (row, column) -> {
            String text = row.getString(column);
            return text == null ? null : parse.apply(text);
        };
    }

    private static ColumnReader array(Function<String, Object> element) {
        return parsed(text -> ArrayText.parse(text, element));
    }

    private static Object number(String text) {
        return Character.isLetter(text.charAt(text.length() - 1)) ? Double.valueOf(text) : new BigDecimal(text);
    }
}
