package dev.neap.app;

import com.zaxxer.hikari.HikariDataSource;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.cli.ConnectionRequest;
import dev.neap.cli.LintRequest;
import dev.neap.cli.Open;
import dev.neap.cli.Program;
import dev.neap.cli.WorkRequest;
import dev.neap.control.RemoteControl;
import dev.neap.lint.report.LintReport;
import dev.neap.run.Runs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts the rooms together for the commands; each is built when a command first asks for it.
 *
 * @param environment variables
 * @param warn told what a person should know, a line each
 * @param factory boots what carries out runs
 */
record WiredProgram(Map<String, String> environment, Consumer<String> warn, RunsFactory factory) implements Program {

    /** Enough for a command that only reads, one statement at a time. */
    private static final int READING_POOL = 2;

    @Override
    public String version() {
        return Version.get();
    }

    @Override
    public ChangeFile read(Path file) {
        return new ChangeReader().read(file);
    }

    @Override
    public Open<RemoteControl> control(ConnectionRequest connection) {
        NeapSettings settings = settings(connection);
        HikariDataSource pool = reading(settings, connection);
        return new Open<>(new RemoteControl(pool, settings.window().window()), pool::close);
    }

    @Override
    public Open<Inspector> inspector(ConnectionRequest connection) {
        NeapSettings settings = settings(connection);
        HikariDataSource pool = reading(settings, connection);
        return new Open<>(new DatabaseInspector(pool, settings, shadows(settings, connection)), pool::close);
    }

    @Override
    public Open<Runs> runs(WorkRequest request) {
        Map<String, String> said = new HashMap<>(environment);
        request.metricsPort().ifPresent(port -> said.put("NEAP_METRICS_PORT", String.valueOf(port)));
        NeapSettings settings = SettingsReader.read(request.connection().config(), said);
        return factory.open(
                settings, target(settings, request.connection()),
                shadows(settings, request.connection()).at(request.shadowUrl()));
    }

    @Override
    public boolean demo(long rows, PrintStream out, Live live) {
        return new DemoShow(factory, live).play(rows, out);
    }

    @Override
    public LintReport lint(LintRequest request) {
        NeapSettings settings = settings(request.connection());
        TargetResolver resolver = new TargetResolver(settings, environment, warn);
        return new Linting(request, new ShadowSource(request, resolver, shadows(settings, request.connection())))
                .lint();
    }

    private ShadowPlaces shadows(NeapSettings settings, ConnectionRequest connection) {
        return new ShadowPlaces(
                settings.lint(), new TargetResolver(settings, environment, warn), connection,
                environment.getOrDefault("PATH", ""));
    }

    private NeapSettings settings(ConnectionRequest connection) {
        return SettingsReader.read(connection.config(), environment);
    }

    private HikariDataSource reading(NeapSettings settings, ConnectionRequest connection) {
        return Database.pool(target(settings, connection), READING_POOL);
    }

    private DatabaseTarget target(NeapSettings settings, ConnectionRequest connection) {
        return Database.reach(new TargetResolver(settings, environment, warn).resolve(connection), connection);
    }
}
