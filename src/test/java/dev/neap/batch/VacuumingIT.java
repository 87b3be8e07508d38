package dev.neap.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.ddl.CancelOnStop;
import dev.neap.pace.Gate;
import dev.neap.pace.HoldLimit;
import dev.neap.pace.PaceTerms;
import dev.neap.pace.Pacer;
import dev.neap.pace.SideDoor;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Turnstile;
import dev.neap.pace.Verdict;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.QualifiedName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A VACUUM on the way is kept to the window, to signals and to a pause as chunks are. */
class VacuumingIT {

    private static final Verdict.Hold NIGHT = new Verdict.Hold("window", "the window is closed");

    private final Turnstile turnstile = new Turnstile(new StopFlag());
    private final List<String> events = new ArrayList<>();
    private final List<Duration> asked = new ArrayList<>();
    private boolean closed;

    private final Gate window = (now, takes) -> {
        asked.add(takes);
        return closed ? Optional.of(NIGHT) : Optional.empty();
    };
    private final Pacer pacer = new Pacer(
            List.of(),
            List.of(turnstile, window),
            () -> new PaceTerms(
                    Duration.ofMillis(1), Duration.ZERO, 1,
                    new HoldLimit(Duration.ofHours(1), HoldLimit.OnMaxHold.ALERT)),
            InstantSource.system());

    @Test
    void isDoneLaterWhereTheWindowIsClosedOrTheRunIsPaused() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)
                .execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 100000)")) {
            Vacuuming vacuuming = new Vacuuming(
                    db.dataSource(),
                    new SideDoor(turnstile, pacer),
                    new CancelOnStop(turnstile.stop()),
                    QualifiedName.of("public", "t"),
                    events::add);
            closed = true;
            vacuuming.finished(8);
            vacuuming.finished(8);
            assertThat(events).isEmpty();
            assertThat(asked.getLast()).as("for a table of some megabytes").isGreaterThan(Duration.ofMillis(50));

            closed = false;
            turnstile.close(new Verdict.Hold("paused", "paused by anna"));
            vacuuming.finished(8);
            assertThat(events).isEmpty();

            turnstile.open();
            vacuuming.finished(8);
            assertThat(events).singleElement().asString().startsWith("vacuumed, on the way");

            vacuuming.finished(8);
            assertThat(events).as("once a quarter").hasSize(1);
            vacuuming.finished(8);
            assertThat(events).hasSize(2);
            turnstile.close(new Verdict.Hold("paused", "paused by anna"));
            assertThat(turnstile.isStill()).as("nobody is left inside").isTrue();
        }
    }
}
