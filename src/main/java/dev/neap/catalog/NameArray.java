package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Reads columns of type {@code text[]} that hold names. */
final class NameArray {

    private NameArray() {}

    /** Its elements, none of them NULL; empty if the array is NULL. */
    static List<Identifier> read(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null
                ? List.of()
                : Arrays.stream((String[]) array.getArray()).map(Identifier::new).toList();
    }
}
