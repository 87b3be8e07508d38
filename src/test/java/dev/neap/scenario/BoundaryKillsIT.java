package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.OwnServer;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of {@code jobs/}, with the process gone at every boundary between two of their steps, of the way there, of the way
 * back and of the contract. After every second death on the way there it is rolled back instead of going on. Dying takes
 * minutes: a few files do it each time, all of them with {@code -Dneap.scenario.only=} and nothing behind it.
 */
class BoundaryKillsIT {

    /** Of each kind of step one. */
    private static final String FEW = "01,05,10,14,28,29,34";

    /** More than any example has steps, there and back. */
    private static final int MOST_DEATHS = 250;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void leavesNothingHalfDoneWhereverTheProcessDies() throws IOException {
        try (OwnServer server = OwnServer.in(directory, TestServer.NEWEST, Map.of("max_connections", "800"))) {
            List<Ordeal> ordeals = new ArrayList<>();
            for (Example example : chosen()) {
                ordeals.add(new Ordeal(
                        example, TestDatabase.on(server.port()),
                        Files.createDirectory(directory.resolve(example.file()))));
            }
            for (int deaths = 0; ordeals.stream().anyMatch(ordeal -> !ordeal.isOver()); deaths++) {
                assertThat(deaths).as(() -> "deaths; still at work: " + unfinished(ordeals)).isLessThan(MOST_DEATHS);
                dieOnce(ordeals);
            }
            ordeals.forEach(Ordeal::everythingIsAsPlainStatementsWouldMakeIt);
        }
    }

    private static List<Example> chosen() {
        return Stream.concat(ExamplesIT.EXAMPLES.stream(), Stream.of(ExamplesIT.DROPPED))
                .filter(example -> example.isWanted(FEW))
                .toList();
    }

    private void dieOnce(List<Ordeal> ordeals) throws IOException {
        List<Ordeal> open = ordeals.stream().filter(ordeal -> !ordeal.isOver()).toList();
        List<String> arguments = open.stream().flatMap(ordeal -> ordeal.command().arguments().stream()).toList();
        try (NeapProcess neap = NeapProcess.start(directory, DyingNeap.class, arguments)) {
            assertThat(neap.await()).as(neap::output).isEqualTo(137);
            for (Ordeal ordeal : open) {
                ordeal.goOn(neap.output());
            }
        }
    }

    private static List<String> unfinished(List<Ordeal> ordeals) {
        return ordeals.stream().filter(ordeal -> !ordeal.isOver()).map(Ordeal::toString).toList();
    }

    /** What one example goes through. */
    private static final class Ordeal {

        private final Example example;
        private final TestDatabase database;
        private final Path directory;
        private final List<String> before;
        private final Twin twin;
        private String verb = "run";
        private boolean rolledBack;
        private int deaths;

        Ordeal(Example example, TestDatabase database, Path directory) {
            this.example = example;
            this.database = database;
            this.directory = directory;
            example.prepare(database);
            this.before = Example.catalog(database, example.tables());
            this.twin = new Twin(TestServer.NEWEST, example).withRowsOf(database).changedDirectly();
        }

        DyingNeap.Command command() {
            return new DyingNeap.Command(
                    directory, database.uri(), database.user(), verb,
                    Path.of("jobs", example.file() + ".yaml").toAbsolutePath().toString());
        }

        boolean isOver() {
            return verb.isEmpty();
        }

        /** Looks at what became of the command, and chooses the next one. */
        void goOn(String output) throws IOException {
            Path ended = command().ended();
            if (Files.exists(ended)) {
                String state = Files.readString(ended).strip();
                Files.delete(ended);
                assertThat(state).as(() -> example + ", " + verb + ":\n" + output)
                        .isIn("READY", "COMPLETED", "ROLLED_BACK");
                verb = after(RunState.valueOf(state));
            } else {
                deaths++;
                if (verb.equals("run") && deaths % 2 == 0 && !example.once()) {
                    rollBack();
                }
            }
        }

        private String after(RunState state) {
            return switch (state) {
                case ROLLED_BACK -> {
                    nothingIsLeft();
                    rolledBack = true;
                    yield "run";
                }
                case READY -> rolledBack || example.once() ? "complete" : "rollback";
                case COMPLETED -> verb.equals("complete") || rolledBack || example.once() ? "" : "rollback";
                case RUNNING, STOPPED, FAILED, COMPLETING, ROLLING_BACK -> throw new AssertionError(state);
            };
        }

        private void rollBack() {
            try (InProcess neap = InProcess.on(database)) {
                neap.runs().rollback(example.change().change().name(), neap.watcher());
            }
            nothingIsLeft();
        }

        private void nothingIsLeft() {
            assertThat(Example.catalog(database, example.tables())).as(toString()).isEqualTo(before);
            assertThat(Residue.in(database)).as(toString()).isEmpty();
        }

        void everythingIsAsPlainStatementsWouldMakeIt() {
            assertThat(deaths).as(toString()).isPositive();
            assertThat(Residue.in(database)).as(toString()).isEmpty();
            assertThat(Example.catalog(database, example.lastTables())).as(toString()).isEqualTo(twin.catalog());
            assertThat(twin.rowsOf(database).equals(twin.rows())).as("the rows are right: " + this).isTrue();
            twin.close();
            database.close();
        }

        @Override
        public String toString() {
            return "%s, %s after %d deaths".formatted(example, verb, deaths);
        }
    }
}
