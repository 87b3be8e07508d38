package dev.neap.change.yaml;

import dev.neap.change.PaceOptions;
import dev.neap.change.signal.Probe;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Watched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How {@link PaceOptions} are written. */
final class PaceForm {

    private static final Key<Duration> MAX_REPLICATION_LAG = Key.optional(
            "max_replication_lag",
            Durations.between(Duration.ofMillis(100), Duration.ofHours(1)),
            "Work holds while any streaming standby is further behind: 100ms to 1h.",
            "2s");
    private static final Key<Double> SHARE = Key.optional(
            "share", Scalars.SHARE, "Which part of its time each worker works, at most: 0.01 to 1.", 0.5);
    private static final Key<Long> MAX_REPLICATION_BYTES = Key.optional(
            "max_replication_bytes",
            SignalScalars.BYTES,
            "Work holds while any streaming standby has more WAL to replay.",
            "64MB");
    private static final Key<List<String>> REQUIRED_STANDBYS = Key.optional(
            "required_standbys",
            SignalScalars.names("standbys"),
            "Standbys, by their application_name, without which work holds.",
            List.of("standby-1"));
    private static final Key<Map<SignalKind, SignalOptions>> SIGNALS = Key.optional(
            "signals",
            SignalsForm.FORM,
            "The signals that Neap knows by name: which are watched, up to which limit.",
            Map.of("active_sessions", Map.of("limit", 50)));
    private static final Key<Map<String, ProbeForms.Named>> REPLICAS = probes(
            "replicas",
            ProbeForms.REPLICA,
            "Standbys that are asked themselves, by a name of your choice; also those that stream from another standby.",
            Map.of("berlin", Map.of("url", "postgresql://neap@berlin.example.com/shop")));
    private static final Key<Map<String, ProbeForms.Named>> SQL = probes(
            "sql",
            ProbeForms.SQL,
            "Queries that return a number, by a name of your choice.",
            Map.of("queue", Map.of("query", "SELECT count(*) FROM jobs", "limit", 1000)));
    private static final Key<Map<String, ProbeForms.Named>> HTTP = probes(
            "http",
            ProbeForms.HTTP,
            "Web addresses that answer with a number or a status, by a name of your choice.",
            Map.of("checkout", Map.of("url", "http://checkout.example.com/health")));
    private static final Key<Map<String, ProbeForms.Named>> PROMETHEUS = probes(
            "prometheus",
            ProbeForms.PROMETHEUS,
            "Queries of Prometheus, by a name of your choice.",
            Map.of("p99",
                    Map.of("url", "http://prometheus.example.com:9090", "query", "max(latency_p99)", "limit", 0.5)));

    static final Mapping<PaceOptions> FORM = new Mapping<>(
            "pace",
            List.of(
                    MAX_REPLICATION_LAG, SHARE, MAX_REPLICATION_BYTES, REQUIRED_STANDBYS, SIGNALS, REPLICAS, SQL, HTTP,
                    PROMETHEUS),
            List.of(),
            fields -> new PaceOptions(fields.find(MAX_REPLICATION_LAG), fields.find(SHARE), watched(fields)));

    private PaceForm() {}

    private static Watched watched(Fields fields) {
        List<Probe> probes = new ArrayList<>();
        List.of(REPLICAS, SQL, HTTP, PROMETHEUS)
                .forEach(key -> fields.find(key)
                        .ifPresent(named -> named.forEach((name, probe) -> probes.add(probe.called(name)))));
        return new Watched(
                fields.find(MAX_REPLICATION_BYTES),
                fields.find(REQUIRED_STANDBYS),
                fields.find(SIGNALS).orElse(Map.of()),
                probes);
    }

    private static Key<Map<String, ProbeForms.Named>> probes(
            String name,
            Mapping<ProbeForms.Named> form,
            String doc,
            Object example) {
        return Key.optional(
                name,
                new MapOf<>(
                        SignalScalars.PROBE_NAME,
                        form,
                        "a mapping of names",
                        "Write each name with its keys in braces after it."),
                doc,
                example);
    }
}
