package dev.neap.app;

import com.zaxxer.hikari.HikariDataSource;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.cli.ConnectionRequest;
import dev.neap.cli.Open;
import dev.neap.cli.Program;
import dev.neap.cli.Terminal;
import dev.neap.run.RunLog;
import dev.neap.run.Runs;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Puts the rooms together for the commands.
 *
 * @param warn told what a person should know, a line each
 */
record Wiring(Map<String, String> environment, Consumer<String> warn, Parts parts) implements Program {

    /**
     * The rooms behind the commands.
     *
     * @param demo by the number of rows and whoever is told what to read
     */
    record Parts(
            Function<Path, ChangeFile> reader,
            RunsFactory runs,
            BiFunction<DataSource, NeapSettings, Inspector> inspector,
            DemoFactory demo) {}

    /** Sets up the demo. */
    @FunctionalInterface
    interface DemoFactory {
        Open<Demo> open(long rows, Consumer<String> say);
    }

    /** Enough for a command that only reads. */
    private static final int READING_POOL = 2;

    static Wiring of(Map<String, String> environment, Terminal terminal) {
        return new Wiring(
                environment,
                warning -> terminal.err().println("neap: " + warning),
                new Parts(
                        new ChangeReader()::read,
                        (settings, target) -> {
                            SpringRuns spring = SpringRuns.open(settings, target);
                            return new Open<>(spring.runs(), spring::close);
                        },
                        DatabaseInspector::new,
                        (rows, say) -> Open.of(new DemoShow(rows, say))));
    }

    @Override
    public String version() {
        return Version.get();
    }

    @Override
    public ChangeFile read(Path file) {
        return parts.reader().apply(file);
    }

    @Override
    public Open<RunLog> log(ConnectionRequest connection) {
        HikariDataSource pool = reading(connection);
        return new Open<>(new RunLog(pool), pool::close);
    }

    @Override
    public Open<Inspector> inspector(ConnectionRequest connection) {
        NeapSettings settings = SettingsReader.read(connection.config(), environment);
        HikariDataSource pool = Database.pool(target(settings, connection), READING_POOL);
        return new Open<>(parts.inspector().apply(pool, settings), pool::close);
    }

    @Override
    public Open<Runs> runs(ConnectionRequest connection) {
        NeapSettings settings = SettingsReader.read(connection.config(), environment);
        return parts.runs().open(settings, target(settings, connection));
    }

    @Override
    public Open<Demo> demo(long rows, Consumer<String> say) {
        return parts.demo().open(rows, say);
    }

    private HikariDataSource reading(ConnectionRequest connection) {
        NeapSettings settings = SettingsReader.read(connection.config(), environment);
        return Database.pool(target(settings, connection), READING_POOL);
    }

    private DatabaseTarget target(NeapSettings settings, ConnectionRequest connection) {
        return Database.reach(new TargetResolver(settings, environment, warn).resolve(connection), connection);
    }
}
