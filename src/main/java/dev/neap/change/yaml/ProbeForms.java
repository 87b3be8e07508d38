package dev.neap.change.yaml;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Unit;
import dev.neap.change.signal.WebToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How one's own signals are written. */
final class ProbeForms {

    /** A probe that still lacks its name, which stands before it. */
    @FunctionalInterface
    interface Named {
        Probe called(String name);
    }

    private static final Key<String> QUERY = Key.required(
            "query", Scalars.TEXT, "Returns one row whose first column is a number.", "SELECT count(*) FROM jobs");
    private static final Key<Double> LIMIT = Key.required(
            "limit", SignalScalars.limit(Unit.NUMBER), "Beyond it, work holds.", 1000);
    private static final Key<Duration> TIMEOUT = Key.optional(
            "timeout",
            Durations.between(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "How long the query may take: 100ms to 1min; 2s if left out.",
            "5s");

    static final Mapping<Named> SQL = new Mapping<>(
            "sql",
            SamplingKeys.after(QUERY, LIMIT, TIMEOUT),
            List.of(),
            fields -> name -> new Probe.Sql(
                    name, fields.get(QUERY), fields.get(LIMIT), fields.find(TIMEOUT), SamplingKeys.of(fields)));

    private static final Key<String> ENV = Key.required(
            "env", SignalScalars.VARIABLE, "The environment variable that holds it.", "CHECKOUT_TOKEN");
    private static final Key<String> HEADER = Key.optional(
            "header",
            SignalScalars.HEADER,
            "The header that it is sent in; as Authorization: Bearer if left out.",
            "X-Api-Key");
    private static final Key<WebToken> TOKEN = Key.optional(
            "token",
            new Mapping<>(
                    "token",
                    List.of(ENV, HEADER),
                    List.of(),
                    fields -> new WebToken(fields.get(ENV), fields.find(HEADER))),
            "A secret that is sent with each request, from an environment variable.",
            Map.of("env", "CHECKOUT_TOKEN"));

    private static final Key<String> PAGE = Key.required(
            "url", SignalScalars.WEB_URL, "What is asked for, with a GET.", "http://checkout.example.com/health");
    private static final Key<Double> PAGE_LIMIT = Key.optional(
            "limit",
            SignalScalars.limit(Unit.NUMBER),
            "Of the number in the answer; beyond it, work holds. If left out, work holds while the status is not 200 to 299.",
            0.8);
    private static final Key<String> JSON = Key.optional(
            "json",
            Scalars.TEXT,
            "Where the number stands in an answer in JSON, as a JSON Pointer.",
            "/load/average");

    static final Mapping<Named> HTTP = new Mapping<>(
            "http",
            SamplingKeys.after(PAGE, PAGE_LIMIT, JSON, TOKEN),
            List.of(),
            fields -> name -> new Probe.Http(
                    name, fields.get(PAGE), fields.find(PAGE_LIMIT), fields.find(JSON), fields.find(TOKEN),
                    SamplingKeys.of(fields)));

    private static final Key<String> SERVER = Key.required(
            "url", SignalScalars.WEB_URL, "The server, without /api/v1.", "http://prometheus.example.com:9090");
    private static final Key<String> PROMQL = Key.required(
            "query", Scalars.TEXT, "In PromQL; the largest sample counts.", "max(latency_p99)");

    static final Mapping<Named> PROMETHEUS = new Mapping<>(
            "prometheus",
            SamplingKeys.after(SERVER, PROMQL, LIMIT, TOKEN),
            List.of(),
            fields -> name -> new Probe.Prometheus(
                    name, fields.get(SERVER), fields.get(PROMQL), fields.get(LIMIT), fields.find(TOKEN),
                    SamplingKeys.of(fields)));

    private static final Key<String> STANDBY = Key.required(
            "url",
            SignalScalars.DATABASE_URL,
            "The standby, without a password.",
            "postgresql://neap@berlin.example.com/shop");
    private static final Key<Double> LAG = Key.optional(
            "limit",
            SignalScalars.limit(Unit.DURATION),
            "How far it may be behind; max_replication_lag if left out.",
            "30s");

    static final Mapping<Named> REPLICA = new Mapping<>(
            "replicas",
            SamplingKeys.after(STANDBY, LAG),
            List.of(),
            fields -> name -> new Probe.Replica(
                    name, fields.get(STANDBY), fields.find(LAG), SamplingKeys.of(fields)));

    private ProbeForms() {}
}
