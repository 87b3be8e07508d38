package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OthersCommitsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final OthersCommits others = new OthersCommits();
    private long transactions = 1_000;
    private long ours;
    private Instant now = NOW;

    @Test
    void nobodyIsSeenAtTheFirstLook() {
        assertThat(others.areSeen(1_000_000, 0, NOW)).isFalse();
    }

    @Test
    void theyAreSeenOnceThereAreFiveASecond() {
        assertThat(seconds(10, 4, 0)).isFalse();
        assertThat(seconds(10, 5, 0)).isTrue();
    }

    @Test
    void ourOwnAreNotTheirs() {
        assertThat(seconds(10, 100, 100)).isFalse();
        assertThat(seconds(10, 106, 100)).as("what a run keeps of itself besides chunks").isFalse();
        assertThat(seconds(10, 150, 100)).isTrue();
    }

    @Test
    void theyAreForgottenTwoSecondsAfterTheLast() {
        assertThat(seconds(3, 100, 10)).isTrue();
        assertThat(seconds(3, 10, 10)).isFalse();
    }

    @Test
    void aServerThatCountsFromElsewhereIsLookedAtAnew() {
        assertThat(seconds(3, 100, 0)).isTrue();
        transactions = 10;
        assertThat(others.areSeen(transactions, ours, now.plusMillis(100))).isFalse();
    }

    /** For so long so many a second, looked at ten times a second. */
    private boolean seconds(int seconds, int all, int own) {
        boolean seen = false;
        for (int i = 0; i < seconds * 10; i++) {
            now = now.plusMillis(100);
            transactions += (i + 1) * all / 10 - i * all / 10;
            ours += (i + 1) * own / 10 - i * own / 10;
            seen = others.areSeen(transactions, ours, now);
        }
        return seen;
    }
}
