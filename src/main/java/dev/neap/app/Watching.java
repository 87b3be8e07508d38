package dev.neap.app;

import dev.neap.change.Change;
import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Watched;
import dev.neap.pace.signal.Connector;
import dev.neap.pace.signal.Limits;
import dev.neap.pace.signal.SignalTerms;
import dev.neap.pace.signal.Signals;
import dev.neap.pace.signal.WorkedTable;
import dev.neap.plan.Refused;
import dev.neap.sql.QualifiedName;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;

/** Opens what is watched while a change works, on connections of its own. */
final class Watching {

    private static final int CONNECT_SECONDS = 3;

    private final NeapSettings settings;
    private final DatabaseTarget target;
    private final TargetResolver resolver;
    private final InstantSource clock;

    /** @param clock tells when something was read */
    Watching(NeapSettings settings, DatabaseTarget target, InstantSource clock) {
        this.clock = clock;
        this.settings = settings;
        this.target = target;
        // Whatever there is to warn of was said when the target was looked for.
        this.resolver = new TargetResolver(settings, System.getenv(), warning -> {});
    }

    /**
     * @throws Refused if what the file and the configuration say together can't be carried out
     */
    static void mustBePossible(NeapSettings settings, Change change) {
        Watched watched = watched(settings, change);
        watched.problem().ifPresent(problem -> {
            throw new Refused(List.of(problem));
        });
        watched.probes().forEach(probe -> {
            if (probe instanceof Probe.Replica replica) {
                DatabaseUrl unused = DatabaseUrl.parse(replica.url());
            }
        });
    }

    private static Watched watched(NeapSettings settings, Change change) {
        return change.pace().watched().over(settings.pace().watched());
    }

    /**
     * Begins to read, and returns at once.
     *
     * @param tables that are changed just now; may change meanwhile
     * @param limits may change meanwhile
     */
    Signals begin(Change change, Supplier<List<QualifiedName>> tables, Limits limits) {
        return Signals.start(
                new SignalTerms(
                        () -> tables.get()
                                .stream()
                                .map(table -> new WorkedTable(table.schema().value(), table.name().value()))
                                .toList(),
                        application(target),
                        limits,
                        settings.pace().sampleEvery(),
                        watched(settings, change)),
                connector(target, application(target)),
                replica -> connector(resolver.standby(replica.url(), target), application(target)),
                clock);
    }

    /** What the sessions that do the work are called. */
    private static String application(DatabaseTarget target) {
        return target.properties().getProperty("ApplicationName");
    }

    /** @param ours told apart from it in pg_stat_activity, so that nobody counts a look at the server as work */
    private static Connector connector(DatabaseTarget target, String ours) {
        return patience -> {
            Properties properties = target.properties();
            properties.setProperty("ApplicationName", ours + " signals");
            properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
            properties.setProperty("socketTimeout", String.valueOf(wholeSeconds(patience)));
            // A pooler in between may give each transaction another session, where no prepared statement is known.
            properties.setProperty("prepareThreshold", "0");
            return DriverManager.getConnection(target.jdbcUrl(), properties);
        };
    }

    private static long wholeSeconds(Duration patience) {
        return Math.max(1, patience.plusMillis(999).toSeconds());
    }
}
