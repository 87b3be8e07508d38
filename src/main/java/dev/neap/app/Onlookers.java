package dev.neap.app;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ExitCode;
import dev.neap.metrics.Meters;
import dev.neap.metrics.MetricsUnavailable;
import dev.neap.run.RunObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Who looks on from outside while a run works, as the settings say: Prometheus, and the hooks. */
final class Onlookers implements AutoCloseable {

    private final Meters meters;
    private final Duration linger;

    private Onlookers(Meters meters, Duration linger) {
        this.meters = meters;
        this.linger = linger;
    }

    /**
     * @throws CommandFailed if a setting can't be followed here
     */
    static Onlookers open(NeapSettings settings) {
        return new Onlookers(meters(settings.metrics()), settings.metrics().linger());
    }

    private static Meters meters(NeapSettings.Metrics settings) {
        try {
            return settings.port()
                    .map(port -> Meters.served(
                            new InetSocketAddress(settings.bind(), port), InstantSource.system()))
                    .orElseGet(() -> Meters.unserved(InstantSource.system()));
        } catch (MetricsUnavailable e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    Meters meters() {
        return meters;
    }

    /** The pool's own meters, where somebody may look at them. */
    void watch(HikariDataSource pool) {
        if (meters.address().isPresent()) {
            pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters.registry()));
        }
    }

    /** For one command. */
    List<RunObserver> observers() {
        return meters.observer().stream().toList();
    }

    /** The work has ended; some are still to hear of it. */
    void linger() {
        meters.linger(linger);
    }

    @Override
    public void close() {
        meters.close();
    }
}
