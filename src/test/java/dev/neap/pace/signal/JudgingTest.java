package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.SignalOptions;
import dev.neap.pace.ChunkDone;
import dev.neap.pace.Reading;
import dev.neap.pace.signal.WebClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What each signal makes of what it read, by numbers. */
class JudgingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long GB = 1 << 30;
    private static final WorkedTable TABLE = new WorkedTable("public", "users");

    @Test
    void aRequiredStandbyThatVanishedIsTooMuch() {
        RequiredStandbys required = new RequiredStandbys(List.of("s1", "s2", "s3"));
        must(required.judge(Set.of("s1", "s2", "s3"), NOW), 0, "all 3 required standbys are connected");
        must(required.judge(Set.of("s1", "s2"), NOW), 2, "required standby s3 is not connected");
        must(required.judge(Set.of("s2"), NOW), 2, "required standbys s1, s3 are not connected");
    }

    @Test
    void aSlotThatRetainsTooMuchHolds() {
        Slots slots = new Slots(() -> 10.0 * GB, SignalOptions.usual());
        must(slots.judge(List.of(), NOW), 0, "no slot retains WAL");
        must(
                slots.judge(
                        List.of(
                                slot("used", "physical", true, "reserved", GB),
                                slot("left", "logical", false, "extended", 15 * GB)),
                        NOW),
                1.5, "slot left (logical, inactive) retains 15 GB of WAL (limit 10 GB)");
    }

    @Test
    void aSlotAboutToLoseWalHoldsAndALostOneOnlyIfItIsNamed() {
        List<Slots.Slot> lost = List.of(new Slots.Slot("left", "physical", false, "lost", Optional.empty()));
        must(
                new Slots(() -> 10.0 * GB, SignalOptions.usual())
                        .judge(List.of(slot("s", "physical", true, "unreserved", GB)), NOW),
                2, "slot s (physical) is about to lose WAL that it needs");
        must(new Slots(() -> 10.0 * GB, SignalOptions.usual()).judge(lost, NOW), 0, "no slot retains WAL");
        must(
                new Slots(() -> 10.0 * GB, only("left")).judge(lost, NOW),
                2, "slot left (physical, inactive) has lost WAL that it needs");
    }

    @Test
    void theWalRateIsThatOfTheLastFiveSeconds() {
        WalRate rate = new WalRate(() -> 20 << 20);
        must(rate.judge(0, NOW), 0, "0 B/s of WAL are written (limit 20 MB/s)");
        for (int second = 1; second <= 20; second++) {
            rate.judge(second * (10L << 20), NOW.plusSeconds(second));
        }
        for (int second = 21; second <= 25; second++) {
            rate.judge((200L << 20) + (second - 20) * (30L << 20), NOW.plusSeconds(second));
        }
        must(
                rate.judge((350L << 20) + (30L << 20), NOW.plusSeconds(26)),
                1.5, "30 MB/s of WAL are written (limit 20 MB/s)");
    }

    @Test
    void archivingThatFailsIsTooMuchAndABacklogUpToItsLimitIsNot() {
        must(ArchiveFailing.judge(false, 7, "?", NOW), 0, "archiving does not fail");
        must(
                ArchiveFailing.judge(true, 7, "000000010000000000000003", NOW),
                2, "archiving WAL segment 000000010000000000000003 fails (7 failures)");
        must(new ArchiveBacklog(() -> 10).judge(5, NOW), 0.5, "5 WAL segments wait to be archived (limit 10)");
    }

    @Test
    void sessionsThatWaitForOursAreCountedByApplication() {
        List<String> waiting = List.of("web", "web", "reports", "");
        must(
                new BlockedSessions(() -> 2, "neap", SignalOptions.usual()).judge(waiting, NOW),
                2, "4 sessions wait for locks of Neap's (limit 2)");
        must(
                new BlockedSessions(() -> 2, "neap", only("reports")).judge(waiting, NOW),
                0.5, "1 sessions wait for locks of Neap's (limit 2)");
    }

    @Test
    void activeSessionsAreCountedByApplication() {
        Map<String, Long> active = Map.of("web", 30L, "reports", 5L);
        must(
                new ActiveSessions(() -> 20, "neap", SignalOptions.usual()).judge(active, NOW),
                1.75, "35 sessions are active (limit 20)");
        must(
                new ActiveSessions(() -> 20, "neap", except("web")).judge(active, NOW),
                0.25, "5 sessions are active (limit 20)");
    }

    @Test
    void theOldestTransactionAndWhoeverKeepsRowVersionsAreNamed() {
        OldestTransaction oldest = new OldestTransaction(() -> 600, "neap", except("backup"));
        must(oldest.judge(List.of(), NOW), 0, "no transaction is open");
        must(
                oldest.judge(
                        List.of(
                                new OldestTransaction.Open("backup", "session 1", 9_000),
                                new OldestTransaction.Open("reports", "session 2", 900),
                                new OldestTransaction.Open("", "session 3", 9)),
                        NOW),
                1.5, "the transaction of session 2 (reports) is 15 min old (limit 10 min)");
        must(
                new Horizon(() -> 1_000_000, "neap").judge(
                        List.of(new Horizon.Holder("slot s", 250_000), new Horizon.Holder("session 7", 9)), NOW),
                0.25, "slot s keeps row versions of 250,000 transactions (limit 1,000,000)");
    }

    @Test
    void deadRowsCountAsAShareOfTheWorstTable() {
        DeadRows dead = new DeadRows(() -> 20, () -> List.of(TABLE));
        must(dead.judge(List.of(), NOW), 0, "no table is at work");
        must(
                dead.judge(List.of(new DeadRows.Rows("public.users", 0, 0)), NOW),
                0, "0 % of the rows of public.users are dead (limit 20 %)");
        must(
                dead.judge(
                        List.of(
                                new DeadRows.Rows("public.old", 9_000, 1_000),
                                new DeadRows.Rows("public.users", 700, 300)),
                        NOW),
                1.5, "30 % of the rows of public.users are dead (limit 20 %)");
    }

    @Test
    void aVacuumOfTheTableIsTooMuch() {
        List<WorkedTable> looked = List.of(TABLE, new WorkedTable("public", "archive"));
        must(
                TableVacuum.judge(looked, List.of(), NOW),
                0, "no vacuum is at work on public.users and public.archive");
        must(
                TableVacuum.judge(
                        looked,
                        List.of("autovacuum (to prevent wraparound) is at work (scanning heap) on public.users"),
                        NOW),
                2, "autovacuum (to prevent wraparound) is at work (scanning heap) on public.users");
    }

    @Test
    void wraparoundIsJudgedByTheOldest() {
        must(
                new Wraparound(() -> 800_000_000, () -> List.of(TABLE)).judge(
                        List.of(
                                new Wraparound.Age("database a", 100),
                                new Wraparound.Age("table users", 1_200_000_000)),
                        NOW),
                1.5, "table users was frozen 1,200,000,000 transactions ago (limit 800,000,000)");
    }

    @Test
    void earlyCheckpointsAreForgottenAfterTenMinutes() {
        ForcedCheckpoints forced = new ForcedCheckpoints(() -> 2);
        must(forced.judge(40, NOW), 0, "0 checkpoints came early within 10 min (limit 2)");
        must(forced.judge(43, NOW.plusSeconds(60)), 1.5, "3 checkpoints came early within 10 min (limit 2)");
        must(forced.judge(44, NOW.plusSeconds(300)), 2, "4 checkpoints came early within 10 min (limit 2)");
        must(forced.judge(44, NOW.plusSeconds(700)), 0.5, "1 checkpoints came early within 10 min (limit 2)");
        must(forced.judge(44, NOW.plusSeconds(901)), 0, "0 checkpoints came early within 10 min (limit 2)");
    }

    @Test
    void rowsThatTakeLongerSlowWorkDownButNeverHoldIt() {
        AtomicReference<Instant> clock = new AtomicReference<>(NOW);
        ChunkTime time = new ChunkTime(() -> 3, clock::get);
        assertThat(level(time.latest()).pressure()).isZero();
        for (int i = 0; i < 20; i++) {
            time.done(new ChunkDone(NOW, Duration.ofMillis(250), 1_000, 1_000));
        }
        assertThat(level(time.latest()).pressure()).isLessThan(0.02);
        for (int i = 0; i < 40; i++) {
            time.done(new ChunkDone(NOW, Duration.ofMillis(250), 100, 100));
        }
        assertThat(level(time.latest()).pressure()).isEqualTo(1);
        clock.set(NOW.plusSeconds(10));
        assertThat(level(time.latest()).pressure()).isEqualTo(0.5);
    }

    @Test
    void aQueryMustReturnOneNumber() {
        SqlNumber number = new SqlNumber("queue", "SELECT 1", () -> 1_000);
        must(number.judge(List.of(OptionalDouble.of(1_500)), NOW), 1.5, "queue is 1,500 (limit 1,000)");
        mustNotBeRead(number.judge(List.of(), NOW), "its query returned no row instead of one");
        mustNotBeRead(number.judge(List.of(OptionalDouble.empty()), NOW), "its query returned no number");
    }

    @Test
    void aLimitOfNothingIsPassedByAnything() {
        SqlNumber number = new SqlNumber("errors", "SELECT 1", () -> 0);
        must(number.judge(List.of(OptionalDouble.of(0)), NOW), 0, "errors is 0 (limit 0)");
        must(number.judge(List.of(OptionalDouble.of(1)), NOW), 2, "errors is 1 (limit 0)");
    }

    @Test
    void aWebServerAnswersWithAStatusANumberOrJson() {
        HttpNumber status = http(Optional.empty(), Optional.empty());
        must(status.judge(new Answer(204, ""), NOW), 0, "checkout answers with status 204");
        must(status.judge(new Answer(503, ""), NOW), 2, "checkout answers with status 503");
        HttpNumber plain = http(Optional.of(0.8), Optional.empty());
        must(plain.judge(new Answer(200, "0.4\n"), NOW), 0.5, "checkout is 0.40 (limit 0.80)");
        mustNotBeRead(plain.judge(new Answer(200, "fine"), NOW), "its answer is no number");
        mustNotBeRead(plain.judge(new Answer(500, "0.4"), NOW), "it answers with status 500");
        HttpNumber json = http(Optional.of(2.0), Optional.of("/load/0"));
        must(json.judge(new Answer(200, "{\"load\": [3, 9]}"), NOW), 1.5, "checkout is 3 (limit 2)");
        must(json.judge(new Answer(200, "{\"load\": [\"1\"]}"), NOW), 0.5, "checkout is 1 (limit 2)");
        mustNotBeRead(json.judge(new Answer(200, "{}"), NOW), "there is no number at /load/0 in its answer");
        mustNotBeRead(json.judge(new Answer(200, "<html>"), NOW), "there is no number at /load/0 in its answer");
    }

    @Test
    void ofPrometheusTheLargestSampleCounts() {
        PrometheusQuery query = new PrometheusQuery(
                new Probe.Prometheus(
                        "p99", "http://prometheus:9090/", "max by (pod) (p99) > 0", 0.5, Sampling.usual()),
                new WebClient(),
                () -> 0.5);
        assertThat(query.uri().toString())
                .isEqualTo("http://prometheus:9090/api/v1/query?query=max+by+%28pod%29+%28p99%29+%3E+0");
        must(query.judge(prometheus("vector", """
                [{"metric": {}, "value": [1, "0.25"]}, {"metric": {}, "value": [1, "0.75"]}]"""), NOW),
                1.5, "p99 is 0.75 (limit 0.50)");
        must(query.judge(prometheus("scalar", "[1, \"0.5\"]"), NOW), 1, "p99 is 0.50 (limit 0.50)");
        mustNotBeRead(query.judge(prometheus("vector", "[]"), NOW), "Prometheus has no sample for its query");
        mustNotBeRead(
                query.judge(prometheus("vector", "[{\"value\": [1, \"NaN\"]}]"), NOW),
                "Prometheus has no sample for its query");
        mustNotBeRead(
                query.judge(new Answer(400, "{\"status\": \"error\", \"error\": \"parse error\"}"), NOW),
                "Prometheus answers: parse error");
        mustNotBeRead(query.judge(new Answer(502, "<html>"), NOW), "it answers with status 502 and no JSON");
    }

    @Test
    void aReplicaIsJudgedAgainstThePrimary() {
        WalHistory history = new WalHistory();
        ReplicaProbe replica = new ReplicaProbe("berlin", () -> Duration.ofSeconds(2), OptionalLong::empty, history);
        history.written(1_000, NOW);
        history.written(2_000, NOW.plusSeconds(1));
        Reading.Replay reading = (Reading.Replay) replica.judge(state(1_500, 1_500, 9_999), NOW.plusSeconds(4));
        assertThat(reading.what()).isEqualTo("replica berlin is 3.0 s behind (limit 2.0 s)");
        assertThat(reading.pressure()).isEqualTo(1.5);
        assertThat(((Reading.Replay) replica.judge(state(2_000, 2_000, 9_999), NOW.plusSeconds(4))).pressure())
                .isZero();
        mustNotBeRead(
                replica.judge(
                        new ReplicaProbe.State(
                                false, Optional.empty(), Optional.empty(), Optional.empty(), false),
                        NOW),
                "the server at its URL is no standby");
    }

    @Test
    void withoutThePrimaryAReplicaIsAsOldAsItsLastTransactionUnlessItHasReplayedAll() {
        ReplicaProbe replica = new ReplicaProbe(
                "berlin", () -> Duration.ofSeconds(2), OptionalLong::empty, new WalHistory());
        must(replica.judge(state(2_000, 1_000, 3), NOW), 1.5, "replica berlin is 3.0 s behind (limit 2.0 s)");
        must(replica.judge(state(2_000, 2_000, 3_600), NOW), 0, "replica berlin is 0.0 s behind (limit 2.0 s)");
    }

    @Test
    void aReplicaThatReceivesNothingIsNotTakenForOneThatHasAllItNeeds() {
        WalHistory history = new WalHistory();
        ReplicaProbe replica = new ReplicaProbe(
                "berlin", () -> Duration.ofSeconds(2), OptionalLong::empty, history);
        ReplicaProbe.State deaf = new ReplicaProbe.State(
                true, Optional.of(2_000L), Optional.of(2_000L), Optional.empty(), false);
        String why = "it receives nothing, and the primary does not tell how far it should be";
        mustNotBeRead(replica.judge(deaf, NOW), why);
        history.written(2_000, NOW);
        assertThat(((Reading.Replay) replica.judge(deaf, NOW)).pressure()).isZero();
        mustNotBeRead(replica.judge(deaf, NOW.plusSeconds(91)), why);
    }

    private static ReplicaProbe.State state(long received, long replayed, long age) {
        return new ReplicaProbe.State(
                true, Optional.of(received), Optional.of(replayed), Optional.of(Duration.ofSeconds(age)), true);
    }

    private static HttpNumber http(Optional<Double> limit, Optional<String> pointer) {
        return new HttpNumber(
                new Probe.Http("checkout", "http://checkout/health", limit, pointer, Sampling.usual()),
                new WebClient(),
                () -> limit.orElse(0.0));
    }

    private static Answer prometheus(String type, String result) {
        return new Answer(
                200,
                "{\"status\": \"success\", \"data\": {\"resultType\": \"%s\", \"result\": %s}}".formatted(type,
                        result));
    }

    private static Slots.Slot slot(String name, String type, boolean active, String status, long retained) {
        return new Slots.Slot(name, type, active, status, Optional.of(retained));
    }

    private static SignalOptions only(String name) {
        return new SignalOptions(Optional.empty(), Optional.empty(), Sampling.usual(), List.of(name), List.of());
    }

    private static SignalOptions except(String name) {
        return new SignalOptions(Optional.empty(), Optional.empty(), Sampling.usual(), List.of(), List.of(name));
    }

    private static void must(Reading reading, double pressure, String what) {
        assertThat(level(reading).what()).isEqualTo(what);
        assertThat(level(reading).pressure()).isEqualTo(pressure);
    }

    private static void mustNotBeRead(Reading reading, String why) {
        assertThat(reading).isEqualTo(new Reading.Unreadable(reading.at(), why));
    }

    private static Reading.Level level(Reading reading) {
        return (Reading.Level) reading;
    }
}
