package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What Prometheus scrapes of a real run. */
class MetricsIT {

    private static final Map<String, String> SERVED = Map.of(
            "neap.metrics.port", "0", "neap.ddl.lock-timeout", "100ms", "neap.pace.sample-every", "100ms");

    @Test
    void everythingThatIsShownAndAlertedOnIsMeasured() {
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
                    assertThat(Scrape.of(neap.metrics()).value("neap_pace_proceed", Map.of())).isZero();
                    other.commit();
                }
                assertThat(run.join().state()).isEqualTo(RunState.READY);
                Scrape scrape = Scrape.of(neap.metrics());
                System.err.println(scrape.text());
            }
        }
    }
}
