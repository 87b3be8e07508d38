package dev.neap.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.Watched;
import dev.neap.change.signal.WebToken;
import dev.neap.pace.HoldLimit.OnMaxHold;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class SettingsReaderTest {

    private static final Path SHIPPED = Path.of("config/application.yaml");

    @TempDir
    Path directory;

    @Test
    void hasADefaultForEverythingButTheDatabase() {
        NeapSettings settings = NeapSettings.defaults();
        assertThat(settings.chunk().duration()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.ddl().giveUpAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.url()).isEmpty();
        assertThat(settings.password()).isEmpty();
    }

    @Test
    void readsTheFileAndTheEnvironmentOverIt() throws IOException {
        Path file = write("neap: {chunk: {duration: 100ms, max_quarantined: 5}, lease: {ttl: 20s}}");
        NeapSettings settings = SettingsReader.read(
                Optional.of(file), Map.of(
                        "NEAP_CHUNK_DURATION", "1s",
                        "NEAP_PACE_MAX_REPLICATION_LAG", "3s",
                        "NEAP_PACE_SHARE", "0.5",
                        "NEAP_PACE_ON_MAX_HOLD", "fail"));
        assertThat(settings.chunk().duration()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.chunk().maxQuarantined()).isEqualTo(5);
        assertThat(settings.lease().ttl()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.pace().maxReplicationLag()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.pace().share()).isEqualTo(0.5);
        assertThat(settings.pace().onMaxHold()).isEqualTo(OnMaxHold.FAIL);
    }

    @Test
    void takesADirectoryAndProfiles() throws IOException {
        write("neap: {lease: {ttl: 20s}}");
        Files.writeString(directory.resolve("application-night.yaml"), "neap: {lease: {ttl: 30s}}");
        assertThat(SettingsReader.read(Optional.of(directory), Map.of("SPRING_PROFILES_ACTIVE", "night"))
                .lease()
                .ttl())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void refusesWhatLiesOutsideOfItsRange() {
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(write("neap: {chunk: {duration: 1h}}")), Map.of()))
                .hasMessage("Setting neap.chunk.duration is 1h, and it must lie between 10ms and 10s."
                        + " Choose one in between.");
    }

    @Test
    void readsAWindow() throws IOException {
        NeapSettings settings = SettingsReader.read(
                Optional.of(write("""
                        neap:
                          window:
                            from: "22:00"
                            to: "06:00"
                            zone: Europe/Berlin
                            days: [mon-thu]
                            blackouts: ["2026-12-24"]
                            ranges: [{from: fri 22:00, to: mon 06:00}]
                        """)),
                Map.of());
        assertThat(settings.window().window().orElseThrow())
                .hasToString(
                        "mon-thu 22:00-06:00 Europe/Berlin; fri 22:00 - mon 06:00 Europe/Berlin, not on 2026-12-24");
        assertThat(SettingsReader.read(
                Optional.of(write("neap: {}")),
                Map.of("NEAP_WINDOW_FROM", "22:00", "NEAP_WINDOW_TO", "06:00", "NEAP_WINDOW_ZONE", "UTC",
                        "NEAP_WINDOW_DAYS", "mon-fri"))
                .window()
                .window()
                .orElseThrow()).hasToString("mon-fri 22:00-06:00 UTC");
        assertThat(NeapSettings.defaults().window().window()).isEmpty();
    }

    @Test
    void refusesHalfAWindow() {
        Map.of(
                "{from: '22:00', zone: UTC}", "Only one of neap.window.from and neap.window.to",
                "{from: '22:00', to: '06:00'}", "neap.window.zone is missing",
                "{from: '22:00', to: '06:00', zone: Mars}", "there is no such zone",
                "{from: '22:00', to: '22:00', zone: UTC}", "begin and end at 22:00",
                "{from: '10 pm', to: '06:00', zone: UTC}", "\"10 pm\", and that is no time",
                "{from: '22:00', to: '06:00', zone: UTC, days: [Mo]}", "\"Mo\", and that is no day",
                "{blackouts: ['2026-12-24'], zone: UTC}", "neap.window.blackouts has no hours")
                .forEach((yaml, why) -> assertThatThrownBy(
                        () -> SettingsReader.read(Optional.of(write("neap: {window: " + yaml + "}")), Map.of()))
                        .hasMessageContaining(why));
    }

    @Test
    void refusesAShareOfNothing() {
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(write("neap: {pace: {share: 0}}")), Map.of()))
                .hasMessage("Setting neap.pace.share is 0.0, and it must lie between 0.01 and 1.0."
                        + " Choose one in between.");
    }

    @Test
    void readsWhatIsWatched() throws IOException {
        Watched watched = SettingsReader.read(
                Optional.of(
                        write("""
                                neap:
                                  pace:
                                    max_replication_bytes: 64MB
                                    required_standbys: [s1]
                                    signals:
                                      active_sessions: {limit: 50, every: 2s, on_unreadable: ignore, except: [reports]}
                                      slots: {limit: 20GB}
                                    replicas: {berlin: {url: "postgresql://neap:hidden@berlin/shop", limit: 30s}}
                                    sql: {queue: {query: "SELECT 1", limit: 10}}
                                    http: {health: {url: "http://web/health?token=hidden", token: {env: HEALTH_TOKEN, header: X-Api-Key}}}
                                    prometheus: {p99: {url: "http://prometheus:9090", query: "max(x)", limit: 0.5}}
                                """)),
                Map.of("NEAP_PACE_SIGNALS_WALRATE_LIMIT", "20MB/s")).pace().watched();
        assertThat(watched.maxReplicationBytes()).contains(64L << 20);
        assertThat(watched.requiredStandbys()).contains(List.of("s1"));
        assertThat(watched.of(SignalKind.ACTIVE_SESSIONS).limit()).contains(50.0);
        assertThat(watched.of(SignalKind.ACTIVE_SESSIONS).except()).containsExactly("reports");
        assertThat(watched.of(SignalKind.SLOTS).limit()).contains(20.0 * (1L << 30));
        assertThat(watched.of(SignalKind.WAL_RATE).limit()).contains(20.0 * (1L << 20));
        assertThat(watched.probes())
                .extracting(Probe::key)
                .containsExactly("replicas.berlin", "sql.queue", "http.health", "prometheus.p99");
        assertThat(watched.probes().get(2)).isInstanceOfSatisfying(Probe.Http.class,
                http -> assertThat(http.token()).contains(new WebToken("HEALTH_TOKEN", Optional.of("X-Api-Key"))));
        assertThat(watched.probes().get(3)).isInstanceOfSatisfying(Probe.Prometheus.class,
                prometheus -> assertThat(prometheus.token()).isEmpty());
        assertThat(watched.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "max_replication_bytes: many | Setting neap.pace.max_replication_bytes is many, and that is no limit there.",
        "signals: {slots: {limit: 5}} | Setting neap.pace.signals.slots.limit is 5, and that is no limit there.",
        "signals: {archive_failing: {limit: 5}} | neap.pace.signals.archive_failing.limit is set, and that signal has",
        "signals: {wal_rate: {only: [a]}} | Setting neap.pace.signals.wal_rate names some of many",
        "signals: {slots: {every: 1ms}} | Setting neap.pace.signals.slots.every is 1ms, and it must lie between",
        "signals: {slotz: {limit: 5GB}} | There is no signal slotz under neap.pace.signals. Write one of replication_lag,",
        "signals: {slots: {limt: 5GB}} | Setting neap.pace.signals.slots.limt",
        "sql: {queue: {query: SELECT 1}} | Setting neap.pace.sql.queue.limit is missing.",
        "http: {h: {url: ftp://web}} | Setting neap.pace.http.h.url is ftp://web, and that is no web address."})
    void refusesWhatCantBeWatched(String pace, String message) {
        assertThatThrownBy(() -> SettingsReader.read(
                Optional.of(write("neap: {pace: {" + pace + "}}")), Map.of()))
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnUnknownSettingWithItsPlace() {
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(write("neap:\n  chunk: {duratoin: 1s}")), Map.of()))
                .hasMessageContainingAll("neap.chunk.duratoin", "application.yaml", "2:", "not known");
    }

    @Test
    void refusesAValueOfTheWrongKind() {
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(write("neap: {lease: {ttl: soon}}")), Map.of()))
                .hasMessageContainingAll("neap.lease.ttl", "soon", "duration");
    }

    @Test
    void refusesAHookThatCouldNotBeTold() {
        assertThat(refusal("{events: [faild], command: [x]}")).contains("neap.hooks.call[0].events names faild",
                "rolled_back");
        assertThat(refusal("{events: [failed]}")).contains("neap.hooks.call[0] has neither", "command or url");
        assertThat(refusal("{command: [x], url: 'http://h/'}")).contains("has both");
        assertThat(refusal("{command: [x], header: 'A: b'}")).contains("only a url can be sent one");
        assertThat(refusal("{url: 'http://h/', header_file: /no/such}")).contains("/no/such", "can't be read");
        assertThat(refusal("{url: 'ftp://h/secret'}")).contains("http://").doesNotContain("secret");
        assertThat(refusal("{url: 'not a url, secret'}")).contains("http://").doesNotContain("secret");
    }

    private String refusal(String hook) {
        return catchThrowable(
                () -> SettingsReader.read(Optional.of(write("neap: {hooks: {call: [%s]}}".formatted(hook))), Map.of()))
                .getMessage();
    }

    @Test
    void takesAHooksSecretFromTheEnvironmentAndNeverPrintsIt() throws IOException {
        NeapSettings settings = SettingsReader.read(
                Optional.of(
                        write("neap: {hooks: {call: [{url: 'http://h/${CHAT_TOKEN}', header: 'K: ${CHAT_TOKEN}'}]}}")),
                Map.of("CHAT_TOKEN", "hidden"));
        assertThat(settings.hooks().call().getFirst().url()).contains(Secret.of("http://h/hidden"));
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    @Test
    void refusesAFileThatIsNotThereOrNotYaml() {
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(directory.resolve("none")), Map.of()))
                .hasMessageContaining("--config");
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(write("neap: [")), Map.of()))
                .hasMessageContaining("can't be read");
    }

    @Test
    void neverPrintsAPassword() throws IOException {
        NeapSettings settings = SettingsReader.read(
                Optional.of(write("neap: {url: 'postgresql://u:hidden@h/d', password: hidden}")), Map.of());
        assertThat(settings.toString()).doesNotContain("hidden");
        assertThat(SettingsReader.read(Optional.of(write("""
                neap: {pace: {replicas: {b: {url: "postgresql://u:hidden@h/d"}}, http: {h: {url: "http://u:hidden@h/"}},
                  prometheus: {p: {url: "http://u:hidden@h/", query: x, limit: 1}}}}""")), Map.of()).toString())
                .doesNotContain("hidden");
    }

    @Test
    void showsEveryDefaultInTheShippedFile() throws IOException {
        String uncommented = Files.readAllLines(SHIPPED)
                .stream()
                .map(line -> line.matches("# \\S.*") ? line : line.replaceFirst("^#", ""))
                .filter(line -> !line.matches("  (url|user|password|password_file): .*"))
                .collect(Collectors.joining("\n"));
        NeapSettings shown = SettingsReader.read(Optional.of(write(uncommented)), Map.of());
        assertThat(shown).isEqualTo(NeapSettings.defaults());

        Map<String, Map<String, Map<String, Object>>> yaml = new Yaml().load(uncommented);
        Set<String> written = new TreeSet<>();
        yaml.get("neap").forEach((group, settings) -> settings.keySet().forEach(key -> written.add(group + "." + key)));
        assertThat(written).isEqualTo(known());
    }

    @Test
    void readsTheShippedFileAsItIs() {
        assertThat(SettingsReader.read(Optional.of(SHIPPED), Map.of())).isEqualTo(NeapSettings.defaults());
    }

    /** What the records have, as the file would write it. */
    private static Set<String> known() {
        Set<String> known = new TreeSet<>();
        for (RecordComponent group : NeapSettings.class.getRecordComponents()) {
            if (group.getType().isRecord() && group.getType() != Secret.class) {
                for (RecordComponent setting : group.getType().getRecordComponents()) {
                    known.add(group.getName() + "."
                            + setting.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
                }
            }
        }
        return known;
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("application.yaml"), yaml);
    }
}
