package dev.neap.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads a column of type {@code text[]} that holds no NULL. */
final class TextArray {

    private TextArray() {}

    static List<String> read(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
