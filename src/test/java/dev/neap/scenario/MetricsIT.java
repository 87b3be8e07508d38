package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.metrics.Meters;
import dev.neap.pace.Reading;
import dev.neap.pace.SignalSource;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Prometheus scrapes of a real run is what dashboard, alerts and documents speak of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {

    private static final Map<String, String> SERVED = Map.of(
            "neap.metrics.port", "0", "neap.metrics.linger", "0s", "neap.ddl.lock-timeout", "100ms",
            "neap.pace.sample-every", "100ms");
    private static final Pattern ROW = Pattern.compile("\\| `((?:neap|spring_batch)_\\w+)` \\|([^|]*)\\|.*");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?(\\w+) *}}");
    private static final Set<String> OF_PROMETHEUS = Set.of("le", "quantile");

    private Scrape held;
    private Scrape ended;
    private Map<String, Set<String>> known;
    private final Set<String> families = new HashSet<>();

    @BeforeAll
    void run() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)) {
            db.execute(
                    "CREATE TABLE users (id bigint PRIMARY KEY, email text)",
                    "INSERT INTO users SELECT i, 'A@' || i FROM generate_series(1, 5000) i",
                    "ANALYZE users");
            try (InProcess neap = InProcess.on(db, SERVED)) {
                CompletableFuture<Outcome> run;
                try (OtherSession other = OtherSession.open(db, "report", "SELECT count(*) FROM users")) {
                    run = Background.begin(() -> neap.runs()
                            .run(InProcess.change("""
                                    change: normalize-email
                                    table: public.users
                                    operations:
                                      - add_column: {name: email_normalized, type: text, from: lower(email)}
                                    """), neap.watcher()));
                    Await.until("a wait for a lock is counted", () -> Scrape.of(neap.metrics())
                            .value("neap_hold_time_seconds_total", Map.of("source", "ddl_lock")) > 0);
                    held = Scrape.of(neap.metrics());
                    other.commit();
                }
                assertThat(run.join().state()).isEqualTo(RunState.READY);
                ended = Scrape.of(neap.metrics());
            }
        }
        known = new TreeMap<>(held.names());
        add(ended);
        add(besideAStandby());
        families.addAll(held.families());
    }

    private void add(Scrape scrape) {
        scrape.names().forEach((name, labels) -> known.computeIfAbsent(name, key -> new TreeSet<>()).addAll(labels));
        families.addAll(scrape.families());
    }

    /** What a standby adds. */
    private static Scrape besideAStandby() {
        Reading reading = new Reading.Replay(
                Instant.now(), 0.5, "standby-1 is 1 s behind", 5_000, List.of(new Reading.Standby(
                        "standby-1", 4_000, Optional.empty(), OptionalLong.empty(),
                        Optional.of(Duration.ofSeconds(1)))));
        SignalSource signal = new SignalSource() {
            @Override
            public String name() {
                return "replication_lag";
            }

            @Override
            public Reading latest() {
                return reading;
            }
        };
        try (Meters meters = Meters.served(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InstantSource.system())) {
            meters.watch("normalize-email", List.of(signal));
            Scrape scrape = Scrape.of(meters.address().orElseThrow());
            assertThat(scrape.value("neap_standby_backlog_bytes", Map.of("standby", "standby-1"))).isEqualTo(1_000);
            assertThat(scrape.value("neap_standby_lag_seconds", Map.of("standby", "standby-1"))).isEqualTo(1);
            assertThat(scrape.value("neap_signal_reading", Map.of("signal", "replication_lag"))).isEqualTo(1);
            assertThat(scrape.value("neap_wal_written_bytes_total", Map.of())).isEqualTo(5_000);
            return scrape;
        }
    }

    @Test
    void countsWhatWasDone() {
        Map<String, String> backfill = Map.of("change", "normalize-email", "step", "03-backfill");
        assertThat(ended.value("neap_rows_changed_total", backfill)).isEqualTo(5_000);
        assertThat(ended.value("neap_rows_visited_total", backfill)).isEqualTo(5_000);
        assertThat(ended.value("neap_chunk_seconds_count", backfill)).isPositive();
        assertThat(ended.value("neap_segments_open", Map.of())).isZero();
        assertThat(ended.value("neap_ddl_tries_total", Map.of("result", "not_granted"))).isPositive();
        assertThat(ended.value("neap_run_state", Map.of("state", "ready"))).isEqualTo(1);
        assertThat(ended.value("neap_run_state", Map.of("state", "running"))).isZero();
        assertThat(ended.value("spring_batch_job_seconds_count", Map.of("spring_batch_job_status", "COMPLETED")))
                .isEqualTo(1);
        assertThat(ended.value("spring_batch_chunk_write_seconds_count", Map.of())).isPositive();
    }

    @Test
    void showsAHoldWhileItLasts() {
        assertThat(held.value("neap_pace_proceed", Map.of())).isZero();
        assertThat(held.value("neap_run_state", Map.of("state", "running"))).isEqualTo(1);
        assertThat(held.value("neap_run_phase", Map.of("phase", "expand"))).isEqualTo(1);
        assertThat(ended.value("neap_hold_current_seconds", Map.of())).isZero();
    }

    @Test
    void everythingOnTheDashboardIsMeasured() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(Path.of("config/grafana-dashboard.json")));
        List<JsonNode> targets = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> panel.path("targets").forEach(targets::add));
        assertThat(targets).hasSizeGreaterThan(15);
        Set<String> mistakes = new TreeSet<>();
        for (JsonNode target : targets) {
            mistakes.addAll(mistakes(target.path("expr").asString(), target.path("legendFormat").asString()));
        }
        assertThat(mistakes).isEmpty();
    }

    @Test
    void everythingThatIsAlertedOnIsMeasured() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> yaml = new Yaml()
                .load(Files.readString(Path.of("config/alerts.yaml")));
        Set<String> mistakes = new TreeSet<>();
        for (Map<String, Object> rule : yaml.get("groups").getFirst().get("rules")) {
            mistakes.addAll(
                    mistakes(String.valueOf(rule.get("expr")), String.valueOf(rule.get("annotations"))));
        }
        assertThat(mistakes).isEmpty();
    }

    /** What an expression, or the text that shows what it found, speaks of and is not there. */
    private Set<String> mistakes(String expression, String shown) {
        PromQl promQl = new PromQl(expression.replace("$__rate_interval", "1m"));
        Set<String> mistakes = promQl.mistakes(known);
        Matcher label = LEGEND.matcher(shown);
        while (label.find()) {
            String name = label.group(1);
            if (!name.equals("instance")
                    && promQl.metrics()
                            .keySet()
                            .stream()
                            .noneMatch(
                                    metric -> known.getOrDefault(metric, Set.of()).contains(name))) {
                mistakes.add("nothing has label %s: %s".formatted(name, shown));
            }
        }
        return mistakes;
    }

    @Test
    void everyMeterIsDocumentedWithItsLabelsAndNoOther() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/docs/metrics.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), LABEL.matcher(row.group(2))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        Map<String, Set<String>> measured = new TreeMap<>();
        for (String family : families) {
            if (family.matches("(neap|spring_batch)_.*(?<!_max)")) {
                Set<String> labels = new TreeSet<>();
                known.forEach((name, its) -> {
                    if (name.matches(Pattern.quote(family) + "(_count|_sum|_bucket)?")) {
                        labels.addAll(its);
                    }
                });
                labels.removeAll(OF_PROMETHEUS);
                measured.put(family, labels);
            }
        }
        assertThat(documented).isEqualTo(measured);
        assertThat(known.keySet()).anyMatch(name -> name.startsWith("hikaricp_"))
                .anyMatch(name -> name.startsWith("jvm_memory_"));
    }
}
