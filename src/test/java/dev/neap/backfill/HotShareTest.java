package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HotShareTest {

    private final HotShare share = new HotShare();

    @Test
    void isPoorWhereFewRowsOfLaterStrandsStay() {
        share.chunk(range(Optional.of(new Strand(10, 2, 5))), 5_000, OptionalLong.of(1_499));
        assertThat(share.isPoor()).isTrue();
        share.chunk(range(Optional.of(new Strand(10, 5, 10))), 5_000, OptionalLong.of(2_000));
        assertThat(share.isPoor()).isFalse();
    }

    @Test
    void saysNothingOfTheFirstStrandNorOfPlainRangesNorOfAFewRows() {
        share.chunk(range(Optional.of(new Strand(10, 0, 2))), 5_000, OptionalLong.of(0));
        share.chunk(range(Optional.empty()), 5_000, OptionalLong.of(0));
        share.chunk(range(Optional.of(new Strand(10, 2, 5))), 5_000, OptionalLong.empty());
        share.chunk(range(Optional.of(new Strand(10, 2, 5))), 999, OptionalLong.of(0));
        assertThat(share.isPoor()).isFalse();
    }

    @Test
    void doesNotCountRowsThatTriggersUpdateToo() {
        share.chunk(range(Optional.of(new Strand(10, 2, 5))), 500, OptionalLong.of(100_000));
        share.chunk(range(Optional.of(new Strand(10, 2, 5))), 5_000, OptionalLong.of(0));
        assertThat(share.isPoor()).isTrue();
        share.forget();
        assertThat(share.isPoor()).isFalse();
    }

    private static Range range(Optional<Strand> strand) {
        return new Range(Optional.empty(), List.of("9"), 10, 10, strand);
    }
}
