package dev.neap.scenario;

import dev.neap.change.operation.DropTable;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.sql.Identifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One file of {@code jobs/} and what its scenario has to know of it.
 *
 * @param file its name, without the ending
 * @param required columns that the application gives a value though they are nullable
 * @param untouched columns that the application leaves to their defaults and never updates
 * @param insertedOnly columns that new code gives when it inserts a row, and does not change afterwards
 * @param drawn columns whose values no two executions have in common
 * @param wrong the condition that no row may meet in the end
 * @param renamed what the table is called in the end, as SQL; as in the file if empty
 * @param byKey whether the application tells rows by their key, since their addresses tell nothing
 * @param once whether a rollback can't take back what it did to the rows, so that it may not run again under its name
 * @param neighbours other tables that change with it, as SQL
 */
record Example(
        String file,
        Set<String> required,
        Set<String> untouched,
        Set<String> insertedOnly,
        Set<String> drawn,
        String wrong,
        boolean once,
        Optional<String> renamed,
        boolean byKey,
        List<String> neighbours) {

    /** Many, to see what a step holds for how long on a large table; few, to be quick. */
    private static final int ROWS = Integer.getInteger("neap.scenario.rows", 5_000);

    private static final Path RESOURCES = Path.of("src/test/resources/dev/neap/examples");

    static Example of(String file) {
        return new Example(file, Set.of(), Set.of(), Set.of(), Set.of(), "false", false, Optional.empty(), false,
                List.of());
    }

    Example requiring(String... columns) {
        return new Example(file, identifiers(columns), untouched, insertedOnly, drawn, wrong, once, renamed, byKey,
                neighbours);
    }

    Example leaving(String... columns) {
        return new Example(file, required, identifiers(columns), insertedOnly, drawn, wrong, once, renamed, byKey,
                neighbours);
    }

    Example insertingOnly(String... columns) {
        return new Example(file, required, untouched, identifiers(columns), drawn, wrong, once, renamed, byKey,
                neighbours);
    }

    Example drawing(String... columns) {
        return new Example(file, required, untouched, insertedOnly, identifiers(columns), wrong, once, renamed, byKey,
                neighbours);
    }

    Example withoutRowWhere(String condition) {
        return new Example(file, required, untouched, insertedOnly, drawn, condition, once, renamed, byKey, neighbours);
    }

    Example changingRowsForGood() {
        return new Example(file, required, untouched, insertedOnly, drawn, wrong, true, renamed, byKey, neighbours);
    }

    Example toldByKey() {
        return new Example(
                file, required, untouched, insertedOnly, drawn, wrong, once, renamed, true, neighbours);
    }

    Example endingAs(String table) {
        return new Example(
                file, required, untouched, insertedOnly, drawn, wrong, once, Optional.of(table), byKey, neighbours);
    }

    Example changingToo(String... tables) {
        return new Example(
                file, required, untouched, insertedOnly, drawn, wrong, once, renamed, byKey, List.of(tables));
    }

    private static Set<String> identifiers(String... columns) {
        return Arrays.stream(columns).map(column -> new Identifier(column).sql()).collect(Collectors.toSet());
    }

    /**
     * Whether it is among those that are asked for by {@code -Dneap.scenario.only=05,28}.
     *
     * @param otherwise what is asked for if nobody says so
     */
    boolean isWanted(String otherwise) {
        return Arrays.stream(System.getProperty("neap.scenario.only", otherwise).split(",")).anyMatch(file::startsWith);
    }

    ChangeFile change() {
        return new ChangeReader().read(Path.of("jobs", file + ".yaml"));
    }

    /** The same after a rollback: under another name if need be. */
    ChangeFile changeAgain() {
        return once
                ? new ChangeReader().read(file, change().text().replaceFirst("(?m)^change: .*", "$0-again"))
                : change();
    }

    /** As SQL. */
    String table() {
        return change().change().table().sql();
    }

    /** What it is called in the end, as SQL. */
    String lastTable() {
        return renamed.orElseGet(this::table);
    }

    /** All that change, as SQL. */
    List<String> tables() {
        return Stream.concat(Stream.of(table()), neighbours.stream()).toList();
    }

    /** The same by what they are called in the end, as far as they are there then. */
    List<String> lastTables() {
        boolean gone = change().change().operations().stream().anyMatch(DropTable.class::isInstance);
        return Stream.concat(gone ? Stream.empty() : Stream.of(lastTable()), neighbours.stream()).toList();
    }

    /** What the catalog says about tables. */
    static List<String> catalog(TestDatabase database, List<String> tables) {
        return tables.stream().flatMap(table -> CatalogDump.of(database, table).stream()).toList();
    }

    /** Makes the table, with {@link #ROWS} rows. */
    void prepare(TestDatabase database) {
        database.execute(
                read(file + ".sql").replace("generate_series(1, 1000)", "generate_series(1, %d)".formatted(ROWS)));
        database.execute("ANALYZE " + String.join(", ", tables()));
    }

    /** Does to the table what the change is to do, by plain statements and all at once. */
    void changeDirectly(TestDatabase database) {
        database.execute(read(file + ".direct.sql"));
    }

    private static String read(String name) {
        try {
            return Files.readString(RESOURCES.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
