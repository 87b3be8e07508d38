package dev.neap.backfill;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A checkpoint between a row of {@code neap.checkpoint} and memory. */
final class CheckpointRow {

    static final String COLUMNS = "seq, pass, lower, upper, position, file, ends, rows, modulus, bounds, strand, span,"
            + " within, visited, changed, found, chunk_rows, finished";

    private CheckpointRow() {}

    static Checkpoint read(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getLong("seq"),
                row.getInt("pass"),
                list(row.getArray("lower")),
                list(row.getArray("upper")),
                list(row.getArray("position")),
                stretch(row),
                Optional.ofNullable(row.getObject("file", Long.class)),
                row.getLong("visited"),
                row.getLong("changed"),
                row.getLong("found"),
                row.getLong("chunk_rows"),
                row.getBoolean("finished"));
    }

    private static Optional<Stretch> stretch(ResultSet row) throws SQLException {
        Array ends = row.getArray("ends");
        if (ends == null) {
            return Optional.empty();
        }
        String[][] keys = (String[][]) ends.getArray();
        Long[] rows = (Long[]) row.getArray("rows").getArray();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            spans.add(new Span(List.of(keys[i]), rows[i]));
        }
        Weave weave = new Weave(
                row.getInt("modulus"), List.of((Integer[]) row.getArray("bounds").getArray()));
        return Optional.of(new Stretch(
                spans, weave, row.getInt("strand"), row.getInt("span"), list(row.getArray("within"))));
    }

    static String[][] ends(Stretch stretch) {
        return stretch.spans().stream().map(span -> span.end().toArray(String[]::new)).toArray(String[][]::new);
    }

    static Long[] rows(Stretch stretch) {
        return stretch.spans().stream().map(Span::rows).toArray(Long[]::new);
    }

    static Optional<List<String>> list(@Nullable Array array) throws SQLException {
        return array == null ? Optional.empty() : Optional.of(List.of((String[]) array.getArray()));
    }

    /** A parameter of type {@code text[]}. */
    static String @Nullable [] array(Optional<List<String>> values) {
        return values.map(list -> list.toArray(String[]::new)).orElse(null);
    }
}
