package dev.neap.change.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Watched;
import dev.neap.change.signal.WhenUnreadable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is watched, as change files write it. */
class PaceFormTest {

    private static final String HEAD = """
            change: x
            table: public.t
            operations: [{drop_column: {name: a}}]
            """;

    @Test
    void readsEverythingThatCanBeWatched() {
        Watched watched = read("""
                pace:
                  max_replication_bytes: 64MB
                  required_standbys: [s1, s2]
                  signals:
                    active_sessions: {limit: 50, every: 2s, stale_after: 20s, on_unreadable: ignore, except: [reports]}
                    oldest_transaction: {limit: 5min, only: [web]}
                    blocked_sessions: {enabled: false}
                    table_vacuum: {enabled: true}
                  replicas: {berlin: {url: "postgresql://neap@berlin/shop", limit: 30s}}
                  sql: {queue: {query: "SELECT 1", limit: 0.5, timeout: 5s, every: 1s}}
                  http:
                    load: {url: "http://web/load", limit: 3, json: /a}
                    health: {url: "https://web/health"}
                  prometheus: {p99: {url: "http://prometheus:9090", query: "max(x)", limit: 1}}
                """);
        assertThat(watched.maxReplicationBytes()).contains(64L << 20);
        assertThat(watched.requiredStandbys()).contains(List.of("s1", "s2"));
        assertThat(watched.of(SignalKind.ACTIVE_SESSIONS))
                .isEqualTo(new SignalOptions(
                        Optional.empty(), Optional.of(50.0),
                        new Sampling(
                                Optional.of(Duration.ofSeconds(2)), Optional.of(Duration.ofSeconds(20)),
                                Optional.of(WhenUnreadable.IGNORE)),
                        List.of(), List.of("reports")));
        assertThat(watched.of(SignalKind.OLDEST_TRANSACTION).limit()).contains(300.0);
        assertThat(watched.of(SignalKind.BLOCKED_SESSIONS).isOn(SignalKind.BLOCKED_SESSIONS)).isFalse();
        assertThat(watched.of(SignalKind.TABLE_VACUUM).isOn(SignalKind.TABLE_VACUUM)).isTrue();
        assertThat(watched.probes())
                .extracting(Probe::key)
                .containsExactly("replicas.berlin", "sql.queue", "http.load", "http.health", "prometheus.p99");
        assertThat(watched.probes().get(1))
                .isEqualTo(new Probe.Sql(
                        "queue", "SELECT 1", 0.5, Optional.of(Duration.ofSeconds(5)),
                        new Sampling(Optional.of(Duration.ofSeconds(1)), Optional.empty(), Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{signals: {active_session: {limit: 5}}} | no key active_session in signals | Did you mean active_sessions?",
        "{signals: {active_sessions: {limit: many}}} | is the text \"many\" | Write a number: 50.",
        "{signals: {slots: {limit: 64}}} | the number 64 | 10GB",
        "{signals: {slots: {limit: 64mb}}} | \"64mb\" is no limit here | 10GB",
        "{signals: {archive_failing: {limit: 5}}} | no key limit in archive_failing | Its keys are enabled",
        "{signals: {wal_rate: {only: [a]}}} | no key only in wal_rate | Its keys are",
        "{signals: {slots: {every: 10ms}}} | 10ms is out of range | from 100ms to 10min",
        "{signals: {slots: {on_unreadable: ignor}}} | no choice \"ignor\" | Did you mean ignore?",
        "{max_replication_bytes: 0MB} | would hold for ever | 64MB",
        "{required_standbys: []} | is an empty list | [one, two]",
        "{sql: {Queue: {query: SELECT 1, limit: 1}}} | \"Queue\" can't be a name | lower-case",
        "{sql: {queue: {query: SELECT 1}}} | Key limit is missing in sql | limit: 1000",
        "{http: {h: {url: ftp://web}}} | is not a web address | http://",
        "{replicas: {b: {url: berlin}}} | is not a database URL | postgresql://user@host:5432/database"})
    void refusesWhatCantBeWatched(String pace, String fact, String remedy) {
        assertThat(problem(pace).fact()).contains(fact);
        assertThat(problem(pace).remedy()).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{replicas: {b: {url: \"postgresql://neap:hidden@berlin/shop\"}}}",
        "{replicas: {b: {url: \"jdbc:postgresql://berlin/shop?password=hidden\"}}}",
        "{http: {h: {url: \"https://u:hidden@web/\"}}}",
        "{prometheus: {p: {url: \"https://web/?token=hidden\", query: x, limit: 1}}}"})
    void refusesASecretAndDoesNotTellIt(String pace) {
        assertThat(problem(pace).fact())
                .isEqualTo("The URL holds a password or the like, and a change file is kept in the database as it is.");
        assertThat(problem(pace).toString()).contains(".pgpass").doesNotContain("hidden");
    }

    private static Watched read(String pace) {
        return new ChangeReader().read("x.yaml", HEAD + pace).change().pace().watched();
    }

    private static dev.neap.change.Problem problem(String pace) {
        ChangeFileException refused = catchThrowableOfType(
                ChangeFileException.class, () -> read("pace: " + pace + "\n"));
        assertThat(refused.problems()).as(pace).hasSize(1);
        return refused.problems().getFirst().problem();
    }
}
