package dev.neap.metrics;

import dev.neap.pace.PaceListener;
import dev.neap.pace.SignalSource;
import dev.neap.run.RunObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Everything that this process measures; served to Prometheus if that is asked for, else kept for its own last words. */
public final class Meters implements AutoCloseable {

    private final MeterRegistry registry;
    private final ObservationRegistry observations;
    private final InstantSource clock;
    private final RunMeters runs;
    private final ConcurrentMap<String, SignalMeters> signals = new ConcurrentHashMap<>();
    private final Optional<MetricsServer> server;
    private final Optional<JvmMeters> jvm;

    private Meters(InstantSource clock) {
        this.registry = new SimpleMeterRegistry();
        this.observations = ObservationRegistry.NOOP;
        this.clock = clock;
        this.runs = new RunMeters(registry, clock);
        this.server = Optional.empty();
        this.jvm = Optional.empty();
    }

    private Meters(InetSocketAddress address, InstantSource clock) {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // Of reads and writes only how long they took: which are under way is over before anyone looks.
        prometheus.config()
                .meterFilter(
                        MeterFilter.deny(id -> id.getName().matches("spring\\.batch\\.(item|chunk)\\..*\\.active")));
        this.registry = prometheus;
        this.observations = ObservationRegistry.create();
        this.observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(prometheus));
        this.clock = clock;
        this.runs = new RunMeters(registry, clock);
        this.server = Optional.of(MetricsServer.start(address, () -> {
            signals.values().forEach(SignalMeters::refresh);
            return prometheus.scrape();
        }));
        this.jvm = Optional.of(JvmMeters.bind(prometheus));
    }

    /** Nobody looks: only what a run itself wants to say at its end is measured. */
    public static Meters unserved(InstantSource clock) {
        return new Meters(clock);
    }

    /**
     * Serves them at {@code /metrics}.
     *
     * @throws MetricsUnavailable if the address can't be had
     */
    public static Meters served(InetSocketAddress address, InstantSource clock) {
        return new Meters(address, clock);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** For Spring Batch; does nothing where nobody looks. */
    public ObservationRegistry observations() {
        return observations;
    }

    /** Where they are served. */
    public Optional<URI> address() {
        return server.map(MetricsServer::address);
    }

    /** What measures a run as a whole, for one command; empty where nobody looks. */
    public Optional<RunObserver> observer() {
        return server.map(serving -> runs.observer());
    }

    /** The signals that a change is paced by; where nobody looks, nothing is done. */
    public void watch(String change, List<? extends SignalSource> sources) {
        if (server.isPresent()) {
            signals.compute(change, (name, former) -> {
                Optional.ofNullable(former).ifPresent(SignalMeters::close);
                return new SignalMeters(registry, name, sources, clock);
            });
        }
    }

    /** What measures the pacer of a change; empty where nobody looks. */
    public Optional<PaceListener> pace(String change) {
        return server.map(serving -> new PaceMeters(registry, change));
    }

    /** Waits until the last word has been scraped, if somebody has scraped before; at most so long. */
    public void linger(Duration atMost) {
        server.ifPresent(serving -> serving.linger(atMost));
    }

    @Override
    public void close() {
        server.ifPresent(MetricsServer::close);
        jvm.ifPresent(JvmMeters::close);
        registry.close();
    }
}
