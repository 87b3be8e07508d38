package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RowsLeftTest {

    @Test
    void believesTheStatisticsWhereNoShareIsKnown() {
        assertThat(left(1_000, 400, OptionalDouble.empty())).isEqualTo(new RowsLeft(600, 600, 600));
    }

    @Test
    void knowsNothingOnceMoreWasVisitedThanExpected() {
        assertThat(RowsLeft.of(1_000, 1_000, OptionalDouble.empty())).isEmpty();
        assertThat(RowsLeft.of(0, 500, OptionalDouble.empty())).isEmpty();
    }

    @Test
    void takesTheShareAloneWhereTheStatisticsAreRefuted() {
        assertThat(left(1_000, 2_000, OptionalDouble.of(0.5))).isEqualTo(new RowsLeft(2_000, 2_000, 2_000));
    }

    @Test
    void takesTheShareAloneWhereThereAreNoStatisticsButNotTooEarly() {
        assertThat(left(0, 1_000, OptionalDouble.of(0.1)).likely()).isCloseTo(9_000, within(1e-6));
        assertThat(RowsLeft.of(0, 1_000, OptionalDouble.of(0.01))).isEmpty();
    }

    @Test
    void comesCloserToTheTruthAllTheWayWhereTheStatisticsAreTooLow() {
        double before = 1;
        for (int percent = 10; percent < 100; percent += 10) {
            double truth = 10_000 * (1 - percent / 100.0);
            RowsLeft left = left(5_000, 100L * percent, OptionalDouble.of(percent / 100.0));
            double error = Math.abs(left.likely() - truth) / 10_000;
            assertThat(error).isLessThanOrEqualTo(before + 1e-9);
            before = error;
        }
        assertThat(before).isLessThan(1e-9);
    }

    @Test
    void comesCloserToTheTruthAllTheWayWhereTheStatisticsAreTooHigh() {
        double before = 1;
        for (int percent = 10; percent < 100; percent += 10) {
            double truth = 10_000 * (1 - percent / 100.0);
            double error = Math.abs(left(20_000, 100L * percent, OptionalDouble.of(percent / 100.0)).likely() - truth);
            assertThat(error / 10_000).isLessThanOrEqualTo(before);
            before = error / 10_000;
        }
        assertThat(before).isLessThan(0.25);
    }

    @Test
    void isNotFooledMuchWhereOldKeysAreGone() {
        RowsLeft left = left(10_000, 100, OptionalDouble.of(0.5));
        assertThat(left.likely()).isBetween(7_000.0, 9_900.0);
        assertThat(left.least()).isLessThan(left.likely());
        assertThat(left.most()).isBetween(left.likely(), 9_900.0);
    }

    @Test
    void coversBothAnswersMoreAndLessAsThePassEnds() {
        RowsLeft early = left(10_000, 3_000, OptionalDouble.of(0.15));
        RowsLeft late = left(10_000, 9_000, OptionalDouble.of(0.95));
        assertThat(early.most() - early.least()).isGreaterThan(1_000);
        assertThat(late.most() - late.least()).isLessThan(100);
    }

    @Test
    void endsAtNothing() {
        assertThat(left(10_000, 8_000, OptionalDouble.of(1))).isEqualTo(new RowsLeft(0, 0, 0));
    }

    private static RowsLeft left(long expected, long visited, OptionalDouble share) {
        return RowsLeft.of(expected, visited, share).orElseThrow();
    }
}
