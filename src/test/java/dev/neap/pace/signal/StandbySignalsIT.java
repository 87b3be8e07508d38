package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Watched;
import dev.neap.demo.StandbyOf;
import dev.neap.pace.Reading;
import dev.neap.postgres.Await;
import dev.neap.postgres.OwnServer;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What signals say while something is wrong with a real standby, and once it is right again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandbySignalsIT {

    private static final Sampling OFTEN = new Sampling(
            Optional.of(Duration.ofMillis(100)), Optional.empty(), Optional.empty());
    private static final long MB = 1 << 20;

    private OwnServer primary;
    private OwnServer standby;
    private TestDatabase database;

    @BeforeAll
    void start(@TempDir Path directory) {
        primary = OwnServer.in(directory, TestServer.NEWEST, Map.of("wal_keep_size", "256MB"));
        database = TestDatabase.on(primary);
        database.execute("CREATE TABLE users (id bigint)");
        standby = StandbyOf.start(primary, directory.resolve("standby"), "s1");
    }

    @AfterAll
    void stop() {
        standby.close();
        database.close();
        primary.close();
    }

    @Test
    void replayThatIsPausedIsSeenByThePrimaryAndByTheStandby() {
        try (Signals signals = signals("postgres")) {
            healthy(signals, "replication_lag", "replicas.berlin");
            onStandby("SELECT pg_wal_replay_pause()::text");
            write();
            over(signals, "replication_lag", "standby s1 is [0-9.]+ s behind \\(limit 0\\.5 s\\)");
            over(signals, "replicas.berlin", "replica berlin is [0-9.]+ s behind \\(limit 0\\.5 s\\)");
            onStandby("SELECT pg_wal_replay_resume()::text");
            healthy(signals, "replication_lag", "replicas.berlin");
        }
    }

    @Test
    void aReceiverThatHangsIsSeen() throws Exception {
        try (Signals signals = signals("postgres")) {
            healthy(signals, "replication_lag");
            String receiver = onStandby("SELECT pid::text FROM pg_stat_wal_receiver");
            signal("-STOP", receiver);
            try {
                write();
                over(signals, "replication_lag", "standby s1 is [0-9.]+ s behind \\(limit 0\\.5 s\\)");
                over(signals, "replicas.berlin", "replica berlin is [0-9.]+ s behind \\(limit 0\\.5 s\\)");
            } finally {
                signal("-CONT", receiver);
            }
            healthy(signals, "replication_lag", "replicas.berlin");
        }
    }

    @Test
    void aStandbyThatDiesIsMissedIfItIsRequired() {
        try (Signals signals = signals("postgres")) {
            healthy(signals, "required_standbys", "replicas.berlin");
            standby.stopImmediate();
            over(signals, "required_standbys", "required standby s1 is not connected");
            unreadable(signals, "replicas.berlin", "Connection to 127\\.0\\.0\\.1:[0-9]+ refused.*");
            standby.start();
            healthy(signals, "required_standbys", "replicas.berlin", "replication_lag");
        }
    }

    @Test
    void aSlotThatNobodyUsesIsSeen() {
        try (Signals signals = signals("postgres")) {
            database.one(String.class, "SELECT slot_name::text FROM pg_create_physical_replication_slot('left', true)");
            try {
                write();
                over(signals, "slots", "slot left \\(physical, inactive\\) retains [0-9.]+ MB of WAL \\(limit 1 MB\\)");
            } finally {
                database.execute("SELECT pg_drop_replication_slot('left')");
            }
            healthy(signals, "slots");
        }
    }

    @Test
    void aRightThatIsWithdrawnIsMissed() {
        String role = database.newRole();
        database.execute("GRANT pg_monitor TO " + role);
        try (Signals signals = signals(role)) {
            healthy(signals, "replication_lag");
            database.execute("REVOKE pg_monitor FROM " + role);
            unreadable(
                    signals, "replication_lag",
                    "the position of standby s1 is hidden from this role \\(grant it pg_monitor\\)");
            assertThat(latest(signals, "required_standbys")).isInstanceOf(Reading.Level.class);
            database.execute("GRANT pg_monitor TO " + role);
            healthy(signals, "replication_lag");
        }
    }

    @Test
    void aProbeThatNeverAnswersGrowsStaleAndKeepsNoOtherSignalWaiting() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Signals signals = signals("postgres", silent.getLocalPort())) {
            healthy(signals, "replication_lag");
            assertThat(latest(signals, "replicas.berlin"))
                    .isInstanceOfSatisfying(
                            Reading.Unreadable.class,
                            reading -> assertThat(reading.why()).isEqualTo("it was not read yet"));
            assertThat(Duration.between(latest(signals, "replication_lag").at(), Instant.now()))
                    .isLessThan(Duration.ofSeconds(2));
            unreadable(signals, "replicas.berlin", "The connection attempt failed\\.");
        }
    }

    private Signals signals(String role) {
        return signals(role, standby.port());
    }

    private Signals signals(String role, int replicaPort) {
        Signals signals = Signals.start(
                new SignalTerms(
                        () -> List.of(new WorkedTable("public", "users")), "neap", () -> Duration.ofMillis(500),
                        Duration.ofMillis(100),
                        new Watched(
                                Optional.of(64 * MB),
                                Optional.of(List.of("s1")),
                                Map.of(
                                        SignalKind.SLOTS,
                                        new SignalOptions(
                                                Optional.empty(), Optional.of((double) MB), OFTEN, List.of(),
                                                List.of())),
                                List.of(new Probe.Replica(
                                        "berlin", "postgresql://127.0.0.1", Optional.empty(), OFTEN)))),
                patience -> source(primary.port(), database.name(), role).getConnection(),
                replica -> patience -> {
                    PGSimpleDataSource source = source(replicaPort, "postgres", "postgres");
                    source.setSocketTimeout((int) patience.toSeconds());
                    return source.getConnection();
                },
                InstantSource.system());
        signals.awaitFirst();
        return signals;
    }

    private static PGSimpleDataSource source(int port, String name, String role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{"127.0.0.1"});
        source.setPortNumbers(new int[]{port});
        source.setDatabaseName(name);
        source.setUser(role);
        return source;
    }

    private void write() {
        database.execute("INSERT INTO users SELECT i FROM generate_series(1, 40000) i");
    }

    private String onStandby(String sql) {
        return JdbcClient.create(source(standby.port(), "postgres", "postgres")).sql(sql).query(String.class).single();
    }

    private static void signal(String signal, String pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
    }

    private static void healthy(Signals signals, String... names) {
        for (String name : names) {
            await(signals, name, "healthy", reading -> switch (reading) {
                case Reading.Level level -> level.pressure() <= 0.9;
                case Reading.Replay replay -> replay.pressure() <= 0.9 && !replay.standbys().isEmpty();
                case Reading.Unreadable unreadable -> false;
            });
        }
    }

    private static void over(Signals signals, String name, String what) {
        await(signals, name, what, reading -> switch (reading) {
            case Reading.Level level -> level.pressure() > 1 && level.what().matches(what);
            case Reading.Replay replay -> replay.pressure() > 1 && replay.what().matches(what);
            case Reading.Unreadable unreadable -> false;
        });
    }

    private static void unreadable(Signals signals, String name, String why) {
        await(
                signals, name, why,
                reading -> reading instanceof Reading.Unreadable unreadable && unreadable.why().matches(why));
    }

    private static void await(Signals signals, String name, String what, Predicate<Reading> condition) {
        try {
            Await.until(name + " says: " + what, () -> condition.test(latest(signals, name)));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " It says: " + latest(signals, name), e);
        }
    }

    private static Reading latest(Signals signals, String name) {
        return signals.sources()
                .stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow()
                .latest();
    }
}
