package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever number a query returns. */
final class SqlNumber {

    private final String name;
    private final String query;
    private final DoubleSupplier limit;

    /** @param limit asked at each look */
    SqlNumber(String name, String query, DoubleSupplier limit) {
        this.name = name;
        this.query = query;
        this.limit = limit;
    }

    /** As a plain statement: a question mark in the query is an operator there, and a colon a cast. */
    Reading read(DataSource server, Instant now) {
        JdbcTemplate jdbc = new JdbcTemplate(server);
        jdbc.setMaxRows(2);
        return judge(
                jdbc.query(
                        query,
                        (row, i) -> row.getObject(1) instanceof Number number
                                ? OptionalDouble.of(number.doubleValue())
                                : OptionalDouble.empty()),
                now);
    }

    /** @param rows the first column of each; empty if that is no number */
    Reading judge(List<OptionalDouble> rows, Instant now) {
        if (rows.size() != 1) {
            return new Reading.Unreadable(
                    now, "its query returned %s instead of one".formatted(rows.isEmpty() ? "no row" : "several rows"));
        }
        double value = rows.getFirst().orElse(Double.NaN);
        if (Double.isNaN(value)) {
            return new Reading.Unreadable(now, "its query returned no number");
        }
        return Numbers.level(name, value, limit.getAsDouble(), now);
    }
}
