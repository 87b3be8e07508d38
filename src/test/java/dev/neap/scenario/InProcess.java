package dev.neap.scenario;

import dev.neap.app.DatabaseTarget;
import dev.neap.app.NeapSettings;
import dev.neap.app.SpringRuns;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.postgres.TestDatabase;
import dev.neap.run.Progress;
import dev.neap.run.Runs;
import dev.neap.run.Watcher;
import dev.neap.shadow.TestShadow;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Neap in the test's own process, on one database. */
final class InProcess implements AutoCloseable {

    private final SpringRuns spring;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> waits = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, Runnable> reactions = new LinkedHashMap<>();

    private final Map<String, Runnable> waitReactions = new LinkedHashMap<>();
    private final List<Consumer<Progress>> progressReactions = new ArrayList<>();
    private final List<Consumer<String>> lineReactions = new ArrayList<>();

    private InProcess(SpringRuns spring) {
        this.spring = spring;
    }

    /**
     * @param settings as in config/application.yaml: {@code neap.chunk.duration}
     */
    static InProcess on(TestDatabase database, Map<String, String> settings) {
        return on(database.uri(), database.user(), settings);
    }

    /** @param clock for windows and pacing */
    static InProcess on(TestDatabase database, Map<String, String> settings, InstantSource clock) {
        return on(database.uri(), database.user(), settings, clock);
    }

    /**
     * @param url as libpq writes it: {@code postgresql://user@host:port/database}
     * @param role who connects, whoever the URL names
     */
    static InProcess on(String url, String role, Map<String, String> settings) {
        return on(url, role, settings, InstantSource.system());
    }

    private static InProcess on(String url, String role, Map<String, String> settings, InstantSource clock) {
        NeapSettings bound = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("neap", NeapSettings.class);
        URI uri = URI.create(url.replaceFirst("^postgresql", "http"));
        DatabaseTarget target = new DatabaseTarget(
                List.of(new DatabaseTarget.Host(uri.getHost(), uri.getPort())),
                uri.getPath().substring(1),
                role,
                Optional.empty(),
                Map.of());
        return new InProcess(SpringRuns.open(
                bound, target, schema -> TestShadow.beside(schema, uri.getPort()), clock));
    }

    static InProcess on(TestDatabase database) {
        return on(database, Map.of("neap.ddl.lock-timeout", "200ms"));
    }

    static ChangeFile change(String yaml) {
        return new ChangeReader().read("test.yaml", yaml);
    }

    Runs runs() {
        return spring.runs();
    }

    /** Where metrics are served. */
    URI metrics() {
        return spring.metrics().orElseThrow();
    }

    Watcher watcher() {
        return new Watcher() {
            @Override
            public void progress(Progress progress) {
                progress.waiting().ifPresent(why -> {
                    waits.add(why);
                    waitReactions.forEach((part, reaction) -> {
                        if (why.contains(part)) {
                            reaction.run();
                        }
                    });
                });
                progressReactions.forEach(reaction -> reaction.accept(progress));
            }

            @Override
            public void event(String line) {
                events.add(line);
                lineReactions.forEach(reaction -> reaction.accept(line));
                reactions.forEach((beginning, reaction) -> {
                    if (line.startsWith(beginning)) {
                        reaction.run();
                    }
                });
            }
        };
    }

    /** Does something in the run's own thread when the watcher is told a line that begins so. */
    void onEvent(String beginning, Runnable reaction) {
        reactions.put(beginning, reaction);
    }

    /** Does something in the run's own thread when it waits for a reason that says so. */
    void onWait(String part, Runnable reaction) {
        waitReactions.put(part, reaction);
    }

    /** Hears every line that the watcher is told. */
    void onLine(Consumer<String> reaction) {
        lineReactions.add(reaction);
    }

    /** Hears of all progress. */
    void onProgress(Consumer<Progress> reaction) {
        progressReactions.add(reaction);
    }

    /** What the watcher was told, in order. */
    List<String> events() {
        return List.copyOf(events);
    }

    /** Why it waited, in order. */
    List<String> waits() {
        return List.copyOf(waits);
    }

    @Override
    public void close() {
        spring.close();
    }
}
