package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each signal has a file, stands in the one list, and is documented. */
class RegistryTest {

    private static final Path PAGE = Path.of("src/docs/signals.md");

    @ParameterizedTest
    @EnumSource
    void everySignalIsDocumentedWithWhatHoldsByDefault(SignalKind kind) throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        assertThat(page).contains("### `%s`".formatted(kind.key()));
        String row = page.stream()
                .filter(line -> line.startsWith("| [`%s`](".formatted(kind.key())))
                .findFirst()
                .orElseThrow();
        assertThat(row.contains("*on*")).as(row).isEqualTo(kind.isOnByDefault());
        kind.defaultLimit()
                .ifPresent(limit -> assertThat(row.split("\\|")[3].strip())
                        .isEqualTo(switch (kind) {
                            case SLOTS -> "10GB";
                            case COMMIT_TIME -> "%dms".formatted(Math.round(1_000 * limit));
                            default -> "%d".formatted(limit.longValue());
                        }));
        kind.defaultEvery()
                .ifPresent(every -> assertThat(row)
                        .contains(every.toMillis() < 1_000
                                ? "| %dms |".formatted(every.toMillis())
                                : "| %ds |".formatted(every.toSeconds())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicas", "sql", "http", "prometheus"})
    void everyKindOfProbeIsDocumented(String kind) throws IOException {
        assertThat(Files.readAllLines(PAGE)).contains("### `%s`".formatted(kind));
    }

    @ParameterizedTest
    @EnumSource
    void everySignalIsReadByItsOwnClass(SignalKind kind) {
        SignalTerms terms = new SignalTerms(
                () -> List.of(new WorkedTable("public", "users")), "neap", () -> Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                everything());
        Optional<String> reader = Registry.of(kind, terms, new WalHistory())
                .map(signal -> signal.getClass().getSimpleName());
        String expected = Stream.of(kind.key().split("_"))
                .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        List<String> besides = List.of(ChunkTime.class.getSimpleName(), CommitTime.class.getSimpleName());
        assertThat(reader.map(List::of).orElse(besides)).contains(expected);
    }

    @Test
    void everyClassThatReadsTheServerStandsInTheList() throws IOException {
        Path room = Path.of("src/main/java/dev/neap/pace/signal");
        String list = Files.readString(room.resolve("Registry.java"));
        List<Path> readers;
        try (Stream<Path> files = Files.list(room)) {
            readers = files.toList();
        }
        for (Path file : readers) {
            String name = file.getFileName().toString().replace(".java", "");
            if (Files.readString(file).contains("implements ServerSignal") && !name.equals("ReplicaProbe")) {
                assertThat(list).containsPattern("\\b" + name + "(\\(|::)");
            }
        }
    }

    @Test
    void whatIsOffByDefaultIsReadOnceItHasALimit() {
        SignalOptions usual = SignalOptions.usual();
        assertThat(usual.isOn(SignalKind.ACTIVE_SESSIONS)).isFalse();
        SignalOptions limited = new SignalOptions(
                Optional.empty(), Optional.of(50.0), Sampling.usual(), List.of(), List.of());
        assertThat(limited.isOn(SignalKind.ACTIVE_SESSIONS)).isTrue();
        assertThat(usual.isOn(SignalKind.SLOTS)).isTrue();
        SignalOptions off = new SignalOptions(
                Optional.of(false), Optional.of(50.0), Sampling.usual(), List.of(), List.of());
        assertThat(off.isOn(SignalKind.SLOTS)).isFalse();
    }

    @Test
    void theChangeFileGoesBeforeTheConfiguration() {
        Watched configuration = new Watched(
                Optional.of(1L), Optional.of(List.of("s1")),
                Map.of(SignalKind.ACTIVE_SESSIONS, new SignalOptions(
                        Optional.of(false), Optional.of(9.0),
                        new Sampling(Optional.of(Duration.ofSeconds(7)), Optional.empty(), Optional.empty()),
                        List.of(), List.of("reports"))),
                List.of(new Probe.Sql("queue", "SELECT 1", 1, Optional.empty(), Sampling.usual())));
        Watched file = new Watched(
                Optional.empty(), Optional.of(List.of()),
                Map.of(SignalKind.ACTIVE_SESSIONS, new SignalOptions(
                        Optional.empty(), Optional.of(50.0), Sampling.usual(), List.of(), List.of())),
                List.of(new Probe.Sql("queue", "SELECT 2", 2, Optional.empty(), Sampling.usual())));
        Watched both = file.over(configuration);
        assertThat(both.maxReplicationBytes()).contains(1L);
        assertThat(both.requiredStandbys()).contains(List.of());
        SignalOptions sessions = both.of(SignalKind.ACTIVE_SESSIONS);
        assertThat(sessions.isOn(SignalKind.ACTIVE_SESSIONS)).isTrue();
        assertThat(sessions.limit()).contains(50.0);
        assertThat(sessions.sampling().every()).contains(Duration.ofSeconds(7));
        assertThat(sessions.except()).containsExactly("reports");
        assertThat(both.probes()).containsExactlyElementsOf(file.probes());
    }

    @Test
    void aSignalThatIsAskedForWithoutALimitIsAMistake() {
        SignalOptions on = new SignalOptions(
                Optional.of(true), Optional.empty(), Sampling.usual(), List.of(), List.of());
        Watched watched = new Watched(
                Optional.empty(), Optional.empty(), Map.of(SignalKind.WAL_RATE, on, SignalKind.SLOTS, on), List.of());
        assertThat(watched.problem().orElseThrow().toString())
                .isEqualTo("Signal wal_rate is enabled, and it has no limit. Set its limit, such as 20MB/s.");
        assertThat(Watched.nothing().problem()).isEmpty();
    }

    private static Watched everything() {
        Map<SignalKind, SignalOptions> options = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : SignalKind.values()) {
            options.put(kind, new SignalOptions(
                    Optional.of(true), kind.unit().map(unit -> 1.0), Sampling.usual(), List.of(), List.of()));
        }
        return new Watched(Optional.empty(), Optional.of(List.of("s1")), options, List.of());
    }
}
