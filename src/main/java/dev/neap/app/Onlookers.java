package dev.neap.app;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ExitCode;
import dev.neap.hook.Hooks;
import dev.neap.metrics.Meters;
import dev.neap.metrics.MetricsUnavailable;
import dev.neap.pace.PaceListener;
import dev.neap.pace.Verdict;
import dev.neap.run.ProcessIdentity;
import dev.neap.run.RunObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who looks on from outside while a run works, as the settings say: Prometheus, and the hooks. */
final class Onlookers implements AutoCloseable {

    private final Meters meters;
    private final Optional<Hooks> hooks;
    private final Duration linger;

    private Onlookers(Meters meters, Optional<Hooks> hooks, Duration linger) {
        this.meters = meters;
        this.hooks = hooks;
        this.linger = linger;
    }

    /**
     * @throws CommandFailed if a setting can't be followed here
     */
    static Onlookers open(NeapSettings settings) {
        return new Onlookers(
                meters(settings.metrics()), hooks(settings.hooks()), settings.metrics().linger());
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

    private static Optional<Hooks> hooks(HookSettings settings) {
        return settings.call().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Hooks(
                                settings.call().stream().map(HookSettings.Call::hook).toList(),
                                new Hooks.Times(settings.heldAfter(), settings.timeout()),
                                ProcessIdentity.current().words(),
                                InstantSource.system()));
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
        return Stream.concat(meters.observer().stream(), hooks.map(Hooks::observer).stream()).toList();
    }

    /** For the pacer of a change. */
    List<PaceListener> listeners(String change) {
        return Stream.concat(
                meters.pace(change).stream(),
                hooks.<PaceListener>map(told -> new PaceListener() {
                    @Override
                    public void heldTooLong(Verdict.Hold hold, Duration held) {
                        told.overdue(change);
                    }
                }).stream()).toList();
    }

    /**
     * The work has ended, and some are still to hear of it.
     *
     * @param asked whether it was asked to end, so that someone waits for that
     */
    void hearTheEnd(boolean asked) {
        hooks.ifPresent(Hooks::close);
        meters.linger(asked ? Duration.ZERO : linger);
    }

    @Override
    public void close() {
        meters.close();
    }
}
