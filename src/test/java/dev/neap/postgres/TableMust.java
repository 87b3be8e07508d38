package dev.neap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.sql.Identifier;
import java.util.List;

/** What a test expects of a table, read from the catalog at each call. */
public final class TableMust {

    private final TestDatabase database;
    private final String table;

    private TableMust(TestDatabase database, String table) {
        this.database = database;
        this.table = table;
    }

    /** @param table as SQL: {@code public.users} */
    public static TableMust of(TestDatabase database, String table) {
        return new TableMust(database, table);
    }

    /** The columns, in this order and no others. */
    public TableMust haveExactlyColumns(String... columns) {
        assertThat(columns()).as("columns of %s", table).containsExactly(columns);
        return this;
    }

    public TableMust haveColumn(String column) {
        assertThat(columns()).as("columns of %s", table).contains(column);
        return this;
    }

    /** @param type as {@code format_type} prints it */
    public TableMust haveColumn(String column, String type) {
        assertThat(database.list(
                String.class,
                """
                        SELECT format_type(atttypid, atttypmod) FROM pg_attribute
                        WHERE attrelid = ?::regclass AND attname = ? AND NOT attisdropped
                        """,
                table,
                column))
                .as("type of %s.%s", table, column)
                .containsExactly(type);
        return this;
    }

    public TableMust haveNoColumn(String column) {
        assertThat(columns()).as("columns of %s", table).doesNotContain(column);
        return this;
    }

    public TableMust haveNotNull(String column) {
        assertThat(notNull(column)).as("NOT NULL of %s.%s", table, column).containsExactly(true);
        return this;
    }

    public TableMust haveNullable(String column) {
        assertThat(notNull(column)).as("NOT NULL of %s.%s", table, column).containsExactly(false);
        return this;
    }

    /** An index of that name that queries may use. */
    public TableMust haveValidIndex(String index) {
        assertThat(indexes("indisvalid")).as("valid indexes of %s", table).contains(index);
        return this;
    }

    public TableMust haveNoIndex(String index) {
        assertThat(indexes("true")).as("indexes of %s", table).doesNotContain(index);
        return this;
    }

    public TableMust haveNoInvalidIndexes() {
        assertThat(indexes("NOT indisvalid")).as("invalid indexes of %s", table).isEmpty();
        return this;
    }

    public TableMust haveValidatedConstraint(String constraint) {
        assertThat(constraints("convalidated"))
                .as("validated constraints of %s", table)
                .contains(constraint);
        return this;
    }

    public TableMust haveNoConstraint(String constraint) {
        assertThat(constraints("true")).as("constraints of %s", table).doesNotContain(constraint);
        return this;
    }

    /** None but those of foreign keys. */
    public TableMust haveNoTriggers() {
        assertThat(triggers()).as("triggers of %s", table).isEmpty();
        return this;
    }

    public TableMust haveExactlyTriggers(String... triggers) {
        assertThat(triggers()).as("triggers of %s", table).containsExactlyInAnyOrder(triggers);
        return this;
    }

    /** How many rows meet a condition. */
    public TableMust haveRows(long count, String condition) {
        assertThat(database.one(Long.class, "SELECT count(*) FROM " + table + " WHERE " + condition))
                .as("rows of %s where %s", table, condition)
                .isEqualTo(count);
        return this;
    }

    /** In every row the column has the value of the expression. */
    public TableMust haveEverywhere(String column, String expression) {
        return haveRows(0, "%s IS DISTINCT FROM (%s)".formatted(Identifier.of(column), expression));
    }

    private List<String> columns() {
        return database.list(
                String.class,
                """
                        SELECT attname FROM pg_attribute
                        WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
                        """,
                table);
    }

    private List<Boolean> notNull(String column) {
        return database.list(
                Boolean.class,
                """
                        SELECT attnotnull FROM pg_attribute
                        WHERE attrelid = ?::regclass AND attname = ? AND NOT attisdropped
                        """,
                table,
                column);
    }

    private List<String> indexes(String condition) {
        return database.list(
                String.class,
                """
                        SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        WHERE i.indrelid = ?::regclass AND\s""" + condition,
                table);
    }

    private List<String> constraints(String condition) {
        return database.list(
                String.class, "SELECT conname FROM pg_constraint WHERE conrelid = ?::regclass AND " + condition, table);
    }

    private List<String> triggers() {
        return database.list(
                String.class, "SELECT tgname FROM pg_trigger WHERE tgrelid = ?::regclass AND NOT tgisinternal", table);
    }
}
