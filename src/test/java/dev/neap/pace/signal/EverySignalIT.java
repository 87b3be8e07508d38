package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Watched;
import dev.neap.pace.Reading;
import dev.neap.postgres.Await;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Every signal, read from a real server. */
class EverySignalIT {

    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final String OURS = "neap";

    @ParameterizedTest
    @EnumSource
    void isReadOnceByAMemberOfPgMonitor(TestServer server) throws IOException {
        try (TestDatabase database = table(server); HttpTargets web = new HttpTargets()) {
            String role = database.newRole();
            database.execute("GRANT pg_monitor TO " + role);
            try (Signals signals = signals(database, role, everything(web))) {
                Map<String, Reading> readings = readings(signals);
                assertThat(readings).hasSize(SignalKind.values().length + 3);
                assertThat(readings).allSatisfy(
                        (name, reading) -> assertThat(reading).isNotInstanceOf(Reading.Unreadable.class));
                assertThat(readings.get("required_standbys"))
                        .isInstanceOfSatisfying(Reading.Level.class, level -> {
                            assertThat(level.pressure()).isEqualTo(2);
                            assertThat(level.what()).isEqualTo("required standby s1 is not connected");
                        });
                assertThat(level(readings, "sql.answer").pressure()).isEqualTo(0.42);
                assertThat(level(readings, "http.page").pressure()).isEqualTo(0.5);
                assertThat(level(readings, "prometheus.p99").pressure()).isEqualTo(0.25);
                assertThat(level(readings, "wraparound").pressure()).isLessThan(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatARoleMayNotSeeCantBeReadAndWhatIsOnByDefaultCan(TestServer server) throws IOException {
        try (TestDatabase database = table(server); HttpTargets web = new HttpTargets()) {
            String role = database.newRole();
            Map<String, Reading> readings;
            try (Signals signals = signals(database, role, everything(web))) {
                readings = readings(signals);
            }
            Map<String, String> hidden = new TreeMap<>();
            readings.forEach((name, reading) -> {
                if (reading instanceof Reading.Unreadable unreadable) {
                    hidden.put(name, unreadable.why());
                }
            });
            String others = "what sessions of others do is hidden from this role (grant it pg_monitor)";
            assertThat(hidden).isEqualTo(new TreeMap<>(Map.of(
                    "active_sessions", others,
                    "oldest_transaction", others,
                    "table_vacuum", others,
                    "archive_backlog",
                    "permission denied for function pg_ls_archive_statusdir (grant it pg_monitor)")));
            assertThat(SignalKind.values())
                    .filteredOn(SignalKind::isOnByDefault)
                    .extracting(SignalKind::key)
                    .doesNotContainAnyElementsOf(hidden.keySet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatIsOnByDefaultHoldsWorkOnAnIdleServer(TestServer server) {
        try (TestDatabase database = table(server);
                Signals signals = signals(database, database.newRole(), Watched.nothing())) {
            Map<String, Reading> readings = readings(signals);
            assertThat(readings.keySet())
                    .containsExactlyInAnyOrder(
                            "replication_lag", "slots", "archive_failing", "blocked_sessions", "wraparound",
                            "commit_time");
            assertThat(readings).allSatisfy((name, reading) -> assertThat(pressure(reading)).isLessThan(0.5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesWhoWaitsForOursAndWhoIsBusy(TestServer server) throws SQLException {
        try (TestDatabase database = table(server);
                OtherSession ours = OtherSession.open(database, OURS, "UPDATE users SET id = id");
                Connection waiting = database.connect();
                Signals signals = signals(database, database.user(), busy())) {
            waiting.setClientInfo("ApplicationName", "web");
            Thread waiter = Thread.ofPlatform().daemon().start(() -> update(waiting));
            Await.until("it is seen to wait", () -> pressure(readings(signals).get("blocked_sessions")) == 0.5);
            Await.until("it is seen to be busy", () -> pressure(readings(signals).get("active_sessions")) == 0.5);
            Await.until("its transaction grows old", () -> pressure(readings(signals).get("oldest_transaction")) > 0);
            ours.commit();
            Await.until("it waits no more", () -> pressure(readings(signals).get("blocked_sessions")) == 0);
            Await.until("its thread ends", () -> !waiter.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource
    void timesCommitsWhileOthersCommit(TestServer server) {
        try (TestDatabase database = table(server);
                Signals signals = signals(database, database.newRole(), Watched.nothing())) {
            AtomicBoolean enough = new AtomicBoolean();
            Thread others = Thread.ofPlatform().daemon().start(() -> {
                while (!enough.get()) {
                    database.execute("UPDATE users SET id = id WHERE id = 1");
                }
            });
            try {
                Await.until("commits are timed", () -> level(readings(signals), "commit_time").value().isPresent());
                assertThat(level(readings(signals), "commit_time").what())
                        .matches("commits take up to [0-9.]+ ms \\(limit [0-9.]+ ms\\)");
            } finally {
                enough.set(true);
            }
            Await.until("their thread ends", () -> !others.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aQueryMayOnlyReadAndOnlyForSoLong(TestServer server) {
        try (TestDatabase database = table(server);
                Signals signals = signals(
                        database, database.user(),
                        new Watched(
                                Optional.empty(), Optional.empty(), Map.of(),
                                List.of(
                                        sql("writes", "DELETE FROM users RETURNING 1"),
                                        sql("slow", "SELECT 1 FROM pg_sleep(30)"),
                                        sql("text", "SELECT 'many'"),
                                        sql("operator",
                                                "SELECT count(*) FROM users WHERE '{\"a\":1}'::jsonb ? 'a'"))))) {
            Await.until("the slow one was ended", () -> readings(signals).get("sql.slow")
                    .equals(
                            new Reading.Unreadable(
                                    readings(signals).get("sql.slow").at(),
                                    "canceling statement due to statement timeout")));
            Map<String, Reading> readings = readings(signals);
            assertThat(unreadable(readings, "sql.writes"))
                    .isEqualTo("cannot execute DELETE in a read-only transaction");
            assertThat(unreadable(readings, "sql.text")).isEqualTo("its query returned no number");
            assertThat(pressure(readings.get("sql.operator"))).isEqualTo(1);
            assertThat(database.one(Long.class, "SELECT count(*) FROM users")).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void looksAtOnceAtTheTablesThatTheNextStepChanges(TestServer server) {
        AtomicReference<List<WorkedTable>> tables = new AtomicReference<>(List.of(new WorkedTable("public", "users")));
        Watched rarely = new Watched(
                Optional.empty(), Optional.empty(),
                Map.of(SignalKind.DEAD_ROWS, new SignalOptions(
                        Optional.empty(), Optional.of(20.0),
                        new Sampling(Optional.of(Duration.ofMinutes(10)), Optional.empty(), Optional.empty()),
                        List.of(), List.of())),
                List.of());
        try (TestDatabase database = table(server)) {
            database.execute(
                    "CREATE TABLE \"Old orders\" (id int) PARTITION BY RANGE (id)",
                    """
                            CREATE TABLE y2020 PARTITION OF "Old orders" FOR VALUES FROM (0) TO (2000)
                              WITH (autovacuum_enabled = false)""",
                    "INSERT INTO \"Old orders\" SELECT generate_series(1, 1000)",
                    "DELETE FROM \"Old orders\" WHERE id <= 300");
            Await.until("it is known how many are dead", () -> database.one(
                    Long.class, "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'y2020'") == 300);
            try (Signals signals = signals(database, database.user(), rarely, tables::get)) {
                assertThat(level(readings(signals), "dead_rows").what())
                        .isEqualTo("0 % of the rows of public.users are dead (limit 20 %)");
                tables.set(List.of(new WorkedTable("public", "users"), new WorkedTable("public", "Old orders")));
                signals.tablesChanged();
                Reading.Level orders = level(readings(signals), "dead_rows");
                assertThat(orders.pressure()).isEqualTo(1.5);
                assertThat(orders.value()).hasValue(30);
                assertThat(orders.what()).isEqualTo("30 % of the rows of public.Old orders are dead (limit 20 %)");
            }
        }
    }

    private static TestDatabase table(TestServer server) {
        return TestDatabase.on(server).execute("CREATE TABLE users AS SELECT i AS id FROM generate_series(1, 100) i");
    }

    private static void update(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("UPDATE users SET id = id");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signals signals(TestDatabase database, String role, Watched watched) {
        return signals(database, role, watched, () -> List.of(new WorkedTable("public", "users")));
    }

    private static Signals signals(
            TestDatabase database,
            String role,
            Watched watched,
            Supplier<List<WorkedTable>> tables) {
        Signals signals = Signals.start(
                new SignalTerms(tables, OURS, () -> Duration.ofSeconds(2), OFTEN, watched),
                patience -> {
                    PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource(role);
                    source.setApplicationName(OURS + " signals");
                    source.setSocketTimeout((int) patience.toSeconds());
                    return source.getConnection();
                },
                replica -> patience -> database.connect(),
                InstantSource.system());
        signals.awaitFirst();
        return signals;
    }

    private static Watched everything(HttpTargets web) {
        Map<SignalKind, SignalOptions> options = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : SignalKind.values()) {
            options.put(kind, often(kind.unit().map(unit -> unit.parse(unit.example()).orElseThrow())));
        }
        options.put(SignalKind.WRAPAROUND, often(Optional.empty()));
        return new Watched(
                Optional.of(1L << 30),
                Optional.of(List.of("s1")),
                options,
                List.of(
                        new Probe.Sql("answer", "SELECT 42", 100, Optional.empty(), Sampling.usual()),
                        new Probe.Http("page", web.url("/load"), Optional.of(2.0), Optional.empty(), Sampling.usual()),
                        new Probe.Prometheus("p99", web.url(""), "max(p99)", 2, Sampling.usual())));
    }

    private static Watched busy() {
        Map<SignalKind, SignalOptions> options = new EnumMap<>(SignalKind.class);
        options.put(SignalKind.BLOCKED_SESSIONS, often(Optional.of(2.0)));
        options.put(
                SignalKind.ACTIVE_SESSIONS,
                new SignalOptions(
                        Optional.empty(), Optional.of(2.0),
                        new Sampling(Optional.of(OFTEN), Optional.empty(), Optional.empty()),
                        List.of("web"), List.of()));
        options.put(SignalKind.OLDEST_TRANSACTION, often(Optional.of(600.0)));
        return new Watched(Optional.empty(), Optional.empty(), options, List.of());
    }

    private static SignalOptions often(Optional<Double> limit) {
        return new SignalOptions(
                Optional.of(true), limit, new Sampling(Optional.of(OFTEN), Optional.empty(), Optional.empty()),
                List.of(), List.of());
    }

    private static Probe sql(String name, String query) {
        return new Probe.Sql(name, query, 100, Optional.of(Duration.ofMillis(300)), Sampling.usual());
    }

    /** The last ones, once each was read; by a machine that was too busy to answer, once more. */
    private static Map<String, Reading> readings(Signals signals) {
        Map<String, Reading> readings = new TreeMap<>();
        Await.until("all were read", () -> {
            signals.sources().forEach(source -> readings.put(source.name(), source.latest()));
            return readings.values().stream().noneMatch(EverySignalIT::isToCome);
        });
        return readings;
    }

    private static boolean isToCome(Reading reading) {
        return reading instanceof Reading.Unreadable unreadable
                && Set.of("it was not read yet", "no answer within 2 s").contains(unreadable.why());
    }

    private static double pressure(Reading reading) {
        return switch (reading) {
            case Reading.Level level -> level.pressure();
            case Reading.Replay replay -> replay.pressure();
            case Reading.Unreadable unreadable -> -1;
        };
    }

    private static Reading.Level level(Map<String, Reading> readings, String name) {
        return (Reading.Level) readings.get(name);
    }

    private static String unreadable(Map<String, Reading> readings, String name) {
        return ((Reading.Unreadable) readings.get(name)).why();
    }

    /** A web server that answers as such servers do. */
    private static final class HttpTargets implements AutoCloseable {

        private final HttpServer server;

        HttpTargets() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            answer("/load", "1\n");
            answer("/api/v1/query", """
                    {"status": "success", "data": {"resultType": "vector", "result": [{"value": [1, "0.5"]}]}}""");
            server.start();
        }

        private void answer(String path, String body) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            server.createContext(path, exchange -> {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
        }

        String url(String path) {
            return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
