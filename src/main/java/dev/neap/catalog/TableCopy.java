package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The empty temporary copy of a table that probes run on. It bears the table's name, so that an expression may say
 * {@code users.email}; it has the columns with their types, collations and NOT NULLs, and nothing else.
 */
final class TableCopy {

    /** What the parser turns into an integer with a sequence: no types, so to_regtype knows none of them. */
    private static final Pattern SERIAL = Pattern.compile("(?i)\\s*((small|big)?serial|serial[248])\\s*");

    private final JdbcTemplate jdbc;
    private final Table table;
    private final Identifier name;

    TableCopy(JdbcTemplate jdbc, Table table) {
        this(jdbc, table, table.name().name());
    }

    /** @param name of the copy */
    TableCopy(JdbcTemplate jdbc, Table table, Identifier name) {
        this.jdbc = jdbc;
        this.table = table;
        this.name = name;
    }

    Table table() {
        return table;
    }

    /** Its name in SQL, safe from any search_path. */
    String sql() {
        return "pg_temp." + name;
    }

    void create() {
        jdbc.execute("CREATE TEMPORARY TABLE " + name + " (LIKE " + table.name() + ")");
    }

    /** Its columns as they are now, in order. */
    List<Identifier> columnNames() {
        return jdbc.query(
                """
                        SELECT attname FROM pg_attribute
                        WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
                        """,
                (row, i) -> new Identifier(row.getString("attname")),
                sql());
    }

    /** @return whether that rewrote it */
    boolean addColumn(Identifier column, String type) {
        return addColumn(column, type, "");
    }

    /**
     * @param more what follows the type
     * @return whether that rewrote it
     */
    boolean addColumn(Identifier column, String type, String more) {
        refuseOtherThanType(type);
        long before = file();
        jdbc.execute("ALTER TABLE " + sql() + " ADD COLUMN " + column + " " + type + more);
        return file() != before;
    }

    private void refuseOtherThanType(String type) {
        Prober.refuseFlaw("type", type);
        Boolean known = SERIAL.matcher(type).matches()
                || Boolean.TRUE.equals(
                        jdbc.queryForObject("SELECT to_regtype(?) IS NOT NULL", Boolean.class, type));
        if (!known) {
            throw new Prober.Objection(
                    "PostgreSQL knows no type \"%s\".".formatted(type),
                    "Write a type alone, such as text or numeric(10, 2); create it first if it is your own.");
        }
    }

    private long file() {
        Long file = jdbc.queryForObject("SELECT pg_relation_filenode(?::regclass)::bigint", Long.class, sql());
        return file == null ? 0 : file;
    }

    /** As format_type prints it, qualified unless it is pg_catalog's. */
    String typeOf(Identifier column) {
        return qualified(
                """
                        SELECT format_type(atttypid, atttypmod) FROM pg_attribute
                        WHERE attrelid = ?::regclass AND attname = ? AND NOT attisdropped
                        """,
                sql(),
                column.value());
    }

    /** The one text that a query gives, printed with an empty search_path. */
    String qualified(String query, Object... parameters) {
        String path = jdbc.queryForObject("SELECT current_setting('search_path')", String.class);
        jdbc.queryForObject("SELECT set_config('search_path', '', true)", String.class);
        String text = jdbc.queryForObject(query, String.class, parameters);
        jdbc.queryForObject("SELECT set_config('search_path', ?, true)", String.class, path);
        if (text == null) {
            throw new IllegalStateException("PostgreSQL gave no text for: " + query);
        }
        return text;
    }

    /** Whether the schema of the real table has a relation of that name. */
    boolean nameTaken(Identifier name) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                """
                        SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE n.nspname = ? AND c.relname = ?)
                        """,
                Boolean.class,
                table.name().schema().value(),
                name.value()));
    }
}
