package dev.neap.preflight.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.preflight.Examples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoughEstimateTest {

    /** Measured on the same table: 17 to 26 s, 900 to 1297 MB of WAL, 105 to 531 MB of growth. */
    @Test
    void holdsWhatWasMeasuredForTheUpdatesOfSuchATable() {
        Estimate estimate = RoughEstimate.of(Examples.computedColumn());
        assertThat(estimate.rows().low()).isEqualTo(2_000_000);
        assertThat(estimate.time().low()).isLessThan(Duration.ofSeconds(17));
        assertThat(estimate.time().high()).isGreaterThan(Duration.ofSeconds(60));
        assertThat(estimate.wal().low()).isLessThan(900L << 20);
        assertThat(estimate.wal().high()).isGreaterThan(1297L << 20);
        assertThat(estimate.growth().low()).isLessThan(105L << 20);
        assertThat(estimate.growth().high()).isGreaterThan(531L << 20);
    }

    @Test
    void leavesTheNumberOfRowsOpenWhereAConditionChoosesThem() {
        Bounds<Long> rows = RoughEstimate.of(Examples.countedVisits()).rows();
        assertThat(rows.low()).isZero();
        assertThat(rows.high()).isEqualTo(2_000_000);
        assertThat(rows.because()).contains("known only from the data");
    }

    @Test
    void takesNoTimeForWhatChangesTheCatalogOnly() {
        var plan = Examples.computedColumn();
        assertThat(RoughEstimate.time(plan.steps().getFirst().step(), plan.table()).high())
                .isEqualTo(Duration.ZERO);
    }
}
