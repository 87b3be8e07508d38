package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.signal.Watched;
import dev.neap.pace.Reading;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {

    /** Whoever only wants to know which signals there are must not wait for it either. */
    @Test
    void beginWithoutWaitingForAServerThatDoesNotAnswer() {
        CountDownLatch answer = new CountDownLatch(1);
        long began = System.nanoTime();
        try (Signals signals = Signals.start(
                new SignalTerms(
                        () -> List.of(new WorkedTable("public", "t")), "neap", () -> Duration.ofSeconds(2),
                        Duration.ofMillis(100),
                        new Watched(Optional.empty(), Optional.empty(), Map.of(), List.of())),
                patience -> {
                    awaitUninterruptibly(answer);
                    throw new SQLException("it is away");
                },
                replica -> patience -> {
                    throw new SQLException("there is none");
                },
                InstantSource.system())) {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
            assertThat(signals.sources())
                    .isNotEmpty()
                    .filteredOn(source -> source.latest() instanceof Reading.Unreadable)
                    .isNotEmpty();
            answer.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
