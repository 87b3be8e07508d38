package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import dev.neap.run.WindowUse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that may work only at night, by a clock that the test sets. */
class WindowIT {

    private static final ChangeName NAME = new ChangeName("at-night");
    private static final String CHANGE = """
            change: at-night
            table: public.counters
            operations:
              - add_column: {name: twice, type: bigint, from: id * 2}
            contract:
              - drop_column: {name: n}
            irreversible: {backup: none, retention: none, approval: a test}
            backfill: {chunk_duration: 10ms, pause: 20ms, strands: 1}
            window: {from: "22:00", to: "06:00", zone: Europe/Berlin}
            """;

    /** How much later it is than it is. */
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private TestDatabase db;

    @BeforeEach
    void prepare() {
        db = TestDatabase.on(TestServer.NEWEST)
                .execute(
                        "CREATE TABLE counters (id bigint PRIMARY KEY, n int)",
                        "INSERT INTO counters SELECT i FROM generate_series(1, 30000) i",
                        "ANALYZE counters");
        clock("2026-11-23T09:00");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void waitsForTheNightEndsBeforeItsEndAndGoesOnInTheNext() throws Exception {
        try (InProcess neap = neap()) {
            CompletableFuture<Outcome> run = Background.begin(
                    () -> neap.runs().run(InProcess.change(CHANGE), neap.watcher()));
            awaitWait(neap, "the window is closed until Mon 22:00 Europe/Berlin (in 13 h)");
            assertThat(open()).as("transactions of a run that waits").isZero();
            assertThat(columns()).as("no structure changes outside of the window").isEqualTo(2);

            clock("2026-11-23T22:00");
            Await.until("rows are changed", () -> columns() == 3 && changed() > 0);

            clock("2026-11-24T05:59:59");
            // How much it asks for is not known here: to the chunk at hand, the clock's jump was its own time.
            Await.until("it ends", () -> neap.waits()
                    .stream()
                    .anyMatch(why -> why.matches("the window closes in 1 s, too soon for what takes .*; it opens again"
                            + " Tue 22:00 Europe/Berlin \\(in 16 h\\)")));
            long atClose = changed();
            assertThat(atClose).isLessThan(30_000);
            awaitWait(neap, "the window is closed until Tue 22:00 Europe/Berlin (in 16 h)");
            assertThat(changed()).isEqualTo(atClose);
            assertThat(open()).as("transactions of a run that waits").isZero();

            clock("2026-11-24T22:00");
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.READY);
            assertThat(changed()).isEqualTo(30_000);
        }
    }

    @Test
    void cutsNoTableOutsideOfItsWindow() throws Exception {
        clock("2026-11-23T22:00");
        try (InProcess neap = neap()) {
            // Just before the table would be sampled to be cut for the workers.
            neap.onEvent("put rows right that move", () -> clock("2026-11-24T09:00"));
            CompletableFuture<Outcome> run = Background.begin(() -> neap.runs()
                    .run(
                            InProcess.change("""
                                    change: at-night
                                    table: public.counters
                                    operations:
                                      - backfill: {set: {n: "1"}, where: n IS NULL}
                                    window: {from: "22:00", to: "06:00", zone: Europe/Berlin}
                                    """),
                            neap.watcher()));
            awaitWait(neap, "the window is closed until Tue 22:00 Europe/Berlin (in 13 h)");
            assertThat(db.one(Long.class, "SELECT count(*) FROM neap.checkpoint")).isZero();

            clock("2026-11-24T22:00");
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
        }
    }

    @Test
    void ignoresTheWindowOnceWhenToldAndWritesDownWho() {
        try (InProcess neap = neap()) {
            assertThat(neap.runs().run(InProcess.change(CHANGE), WindowUse.IGNORE, neap.watcher()).state())
                    .isEqualTo(RunState.READY);
            assertThat(neap.runs().complete(NAME, WindowUse.IGNORE, neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);
            assertThat(neap.waits()).isEmpty();
            assertThat(db.list(String.class, "SELECT reason FROM neap.transition WHERE by LIKE '%@%' ORDER BY id"))
                    .contains("contract begun, ignoring the window 22:00-06:00 Europe/Berlin")
                    .first()
                    .isEqualTo("begun, ignoring the window 22:00-06:00 Europe/Berlin");
            assertThat(db.list(String.class,
                    "SELECT from_text || ' ' || to_text FROM neap.audit WHERE what = 'window' AND by LIKE '%@%' ORDER BY id"))
                    .containsExactly("22:00-06:00 Europe/Berlin ignored", "22:00-06:00 Europe/Berlin ignored");
        }
    }

    @Test
    void rollsBackAtAnyHourAndContractsOnlyAtNight() throws Exception {
        try (InProcess neap = neap()) {
            neap.runs().run(InProcess.change(CHANGE), WindowUse.IGNORE, neap.watcher());
            assertThat(neap.runs().rollback(NAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
            assertThat(neap.waits()).isEmpty();

            neap.runs().run(InProcess.change(CHANGE), WindowUse.IGNORE, neap.watcher());
            CompletableFuture<Outcome> complete = Background.begin(() -> neap.runs().complete(NAME, neap.watcher()));
            awaitWait(neap, "the window is closed until Mon 22:00 Europe/Berlin (in 13 h)");
            assertThat(columns()).isEqualTo(3);
            clock("2026-11-23T22:00");
            assertThat(complete.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.COMPLETED);
            assertThat(columns()).isEqualTo(2);
        }
    }

    private InProcess neap() {
        // By a clock that has jumped no reading is fresh until the next one, and this is the only one that is made seldom.
        return InProcess.on(
                db,
                Map.of("neap.pace.sample-every", "100ms", "neap.pace.signals.wraparound.every", "100ms"),
                () -> Instant.now().plus(later.get()));
    }

    private void clock(String berlin) {
        Instant wanted = LocalDateTime.parse(berlin).atZone(ZoneId.of("Europe/Berlin")).toInstant();
        later.set(Duration.between(Instant.now(), wanted));
    }

    private static void awaitWait(InProcess neap, String reason) {
        Await.until(reason, () -> neap.waits().contains(reason));
    }

    private long columns() {
        return db.one(Long.class, "SELECT count(*) FROM information_schema.columns WHERE table_name = 'counters'");
    }

    private long changed() {
        return db.one(Long.class, "SELECT count(*) FROM counters WHERE to_jsonb(counters) ->> 'twice' IS NOT NULL");
    }

    /** Besides the heartbeat and the signals, which read and write something for a moment. */
    private long open() {
        return db.one(
                Long.class,
                """
                        SELECT count(*) FROM pg_stat_activity
                         WHERE application_name = 'neap' AND datname = current_database()
                           AND xact_start < clock_timestamp() - interval '300 ms'""");
    }
}
