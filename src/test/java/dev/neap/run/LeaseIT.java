package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.change.ChangeName;
import dev.neap.postgres.Await;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may work on a change, and who takes over from whom. */
class LeaseIT {

    private static final ChangeName CHANGE = new ChangeName("x");
    private static final Duration TTL = Duration.ofSeconds(15);
    private static final ProcessIdentity SELF = ProcessIdentity.current();
    private static final ProcessIdentity ELSEWHERE = new ProcessIdentity("db2/boot/ns", 4711, "2026-01-01", "anna");

    private final TestDatabase db = TestDatabase.on(TestServer.NEWEST);
    private final LeaseStore store = new LeaseStore(JdbcClient.create(db.dataSource()));

    @BeforeEach
    void createTables() {
        NeapSchema.migrate(db.dataSource());
    }

    @AfterEach
    void dropDatabase() {
        db.close();
    }

    @Test
    void isNotTakenFromAProcessElsewhereWhoseHeartbeatIsFresh() {
        store.take(CHANGE, ELSEWHERE, TTL);
        beat("14 s");

        assertThatExceptionOfType(RunFailed.class)
                .isThrownBy(() -> store.take(CHANGE, SELF, TTL))
                .withMessageContaining("Change x is being worked on by anna@db2 (process 4711)")
                .withMessageContaining("last heartbeat 14 s ago; without one, the change is free after 15 s")
                .withMessageContaining("Wait for it, or stop it first.")
                .extracting(RunFailed::reason)
                .isEqualTo(RunFailed.Reason.BUSY);
    }

    @Test
    void isTakenFromAProcessElsewhereAfterItsOwnTimeToLive() {
        UUID old = store.take(CHANGE, ELSEWHERE, TTL);
        beat("16 s");
        // What counts is the time that the holder has promised to beat in, not that of whoever comes.
        UUID token = store.take(CHANGE, SELF, Duration.ofHours(1));

        assertThat(store.heartbeat(CHANGE, old)).isFalse();
        assertThat(store.heartbeat(CHANGE, token)).isTrue();
        assertThat(db.one(String.class, "SELECT holder FROM neap.lease")).isEqualTo(SELF.words());
    }

    @Test
    void isNotTakenFromALivingProcessHere() {
        store.take(CHANGE, SELF, TTL);

        assertThatExceptionOfType(RunFailed.class).isThrownBy(() -> store.take(CHANGE, SELF, TTL));
    }

    @Test
    void isTakenAtOnceFromAProcessHereThatHasEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        String started = process.toHandle().info().startInstant().map(Object::toString).orElse("");
        store.take(CHANGE, new ProcessIdentity(SELF.host(), process.pid(), started, "me"), Duration.ofHours(1));
        process.waitFor();

        assertThat(store.take(CHANGE, SELF, TTL)).isNotNull();
    }

    @Test
    void isTakenAtOnceFromAnEarlierProcessWithTheSameNumber() {
        store.take(CHANGE, new ProcessIdentity(SELF.host(), SELF.pid(), "1999-01-01T00:00:00Z", "me"), TTL);

        assertThat(store.take(CHANGE, SELF, TTL)).isNotNull();
    }

    @Test
    void isGivenBackByItsHolderOnly() {
        UUID old = store.take(CHANGE, ELSEWHERE, TTL);
        beat("1 h");
        UUID token = store.take(CHANGE, SELF, TTL);
        store.release(CHANGE, old);
        assertThat(store.heartbeat(CHANGE, token)).isTrue();
        store.release(CHANGE, token);

        assertThat(db.one(Long.class, "SELECT count(*) FROM neap.lease")).isZero();
    }

    @Test
    void isTakenByExactlyOneOfManyWhoWantIt() throws InterruptedException {
        for (boolean expired : List.of(false, true)) {
            db.execute("DELETE FROM neap.lease");
            if (expired) {
                store.take(CHANGE, ELSEWHERE, TTL);
                beat("1 h");
            }
            ConcurrentLinkedQueue<UUID> winners = new ConcurrentLinkedQueue<>();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> {
                        try {
                            go.await();
                            winners.add(store.take(CHANGE, SELF, TTL));
                        } catch (InterruptedException | RunFailed e) {
                            // One of those who came too late.
                        }
                    }))
                    .toList();
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(winners).hasSize(1);
        }
    }

    @Test
    void beatsWhileItIsHeldAndIsGoneAfterwards() {
        try (HeldLease lease = HeldLease.take(store, CHANGE, Duration.ofMillis(300), held -> {})) {
            List<String> first = beats();
            Await.until("the heart has beaten", () -> !beats().equals(first));
            assertThat(lease.isHeld()).isTrue();
        }
        assertThat(beats()).isEmpty();
    }

    @Test
    void knowsThatItWasTakenAway() {
        try (HeldLease lease = HeldLease.take(store, CHANGE, TTL, held -> {})) {
            db.execute("UPDATE neap.lease SET token = gen_random_uuid()");
            assertThat(lease.isHeld()).isFalse();
        }
        assertThat(beats()).as("the new holder's lease").hasSize(1);
    }

    @Test
    void countsForOneChangeOnly() {
        assertThat(Stream.of("x", "y").map(name -> store.take(new ChangeName(name), SELF, TTL)).distinct())
                .hasSize(2);
    }

    private List<String> beats() {
        return db.list(String.class, "SELECT heartbeat_at::text FROM neap.lease");
    }

    private void beat(String ago) {
        db.execute("UPDATE neap.lease SET heartbeat_at = clock_timestamp() - interval '" + ago + "'");
    }
}
