package dev.neap.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SeatsTest {

    private final AtomicInteger most = new AtomicInteger(2);
    private final Seats seats = new Seats(most::get);
    private final Seats.Seat one = seats.seat();
    private final Seats.Seat two = seats.seat();
    private final Seats.Seat three = seats.seat();

    @Test
    void asManySitAsThereIsRoomFor() {
        assertThat(one.sit()).isTrue();
        assertThat(two.sit()).isTrue();
        assertThat(three.sit()).isFalse();
        assertThat(one.sit()).as("stays").isTrue();

        two.close();
        assertThat(three.sit()).isTrue();
    }

    @Test
    void whoeverComesFirstToTheEndOfAChunkMakesRoom() {
        assertThat(one.sit() && two.sit()).isTrue();
        most.set(1);

        assertThat(two.sit()).isFalse();
        assertThat(one.sit()).isTrue();
        assertThat(two.sit()).isFalse();
    }

    @Test
    void aSegmentThatWasBegunGoesBeforeANewOne() {
        assertThat(one.sit() && two.sit()).isTrue();
        most.set(1);
        assertThat(two.sit()).isFalse();
        one.close();

        assertThat(three.sit()).as("a new one").isFalse();
        assertThat(two.sit()).as("the one that made room").isTrue();
    }

    @Test
    void growsAtOnce() {
        assertThat(one.sit() && two.sit()).isTrue();
        most.set(3);

        assertThat(three.sit()).isTrue();
    }

    @Test
    void whoeverEndsStandingLeavesNothingBehind() {
        assertThat(one.sit() && two.sit()).isTrue();
        most.set(1);
        assertThat(two.sit()).isFalse();
        two.close();
        one.close();

        assertThat(three.sit()).isTrue();
    }

    @Test
    void oneMayAlwaysWork() {
        most.set(0);

        assertThat(one.sit()).isTrue();
        assertThat(two.sit()).isFalse();
    }
}
