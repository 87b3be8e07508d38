package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.neap.backfill.WeaveProbe.Found;
import dev.neap.catalog.Key;
import dev.neap.catalog.Key.KeyColumn;
import dev.neap.change.EffortOptions.OldSnapshot;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeavingChoiceTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final PageModel PAGE = PageModel.of(33, 100, 0, 24, 4);

    private final QualifiedName table = QualifiedName.of("public", "t");
    private final Ranges keys = new KeyRanges(
            table,
            new Key(
                    new Identifier("t_pkey"),
                    List.of(new KeyColumn(new Identifier("id"), "bigint", Optional.empty()))));

    @Test
    void doesNotWeaveWhereNoRowCanStayOrNothingIsKnown() {
        assertThat(choose(Optional.empty(), 248, effort(1, Optional.empty()))).isEmpty();
        assertThat(choose(Optional.of(PageModel.of(1, 100, 0, 24, 2)), 248, effort(1, Optional.empty()))).isEmpty();
    }

    @Test
    void doesNotWeaveWhereOneVisitIsAskedFor() {
        assertThat(choose(Optional.of(PAGE), 248, effort(1, Optional.of(1)))).isEmpty();
    }

    @Test
    void makesAsManyStrandsAsAreAskedFor() {
        for (int strands : new int[]{2, 7, 33, 64}) {
            assertThat(choose(Optional.of(PAGE), 248, effort(1, Optional.of(strands)))
                    .orElseThrow()
                    .weave()
                    .strands())
                    .isEqualTo(strands);
        }
    }

    @Test
    void keepsTheSpansInFlightOfAllWorkersInHalfOfTheBuffers() {
        for (int workers : new int[]{1, 2, 8}) {
            Weaving weaving = choose(Optional.of(PAGE), 256, effort(workers, Optional.empty())).orElseThrow();
            assertThat(weaving.spanSize() * 256 * Weaving.SPANS * workers).isLessThanOrEqualTo(64 * MEGABYTE);
        }
    }

    @Test
    void makesSmallerSpansWhereASegmentHasFewRows() {
        Weaving weaving = WeavingChoice.choose(
                new Found(Optional.of(PAGE), 248, 128 * MEGABYTE), effort(1, Optional.empty()), keys, 4, 800_000)
                .orElseThrow();
        assertThat(weaving.spanSize()).isEqualTo(25_000);
        assertThat(WeavingChoice.choose(
                new Found(Optional.of(PAGE), 248, 128 * MEGABYTE), effort(1, Optional.of(3)), keys, 1, 3)
                .orElseThrow()
                .spanSize())
                .isEqualTo(1);
    }

    @Test
    void weavesASmallTableOnlyWhereThatIsAskedFor() {
        Found found = new Found(Optional.of(PAGE), 248, 128 * MEGABYTE);

        assertThat(WeavingChoice.choose(found, effort(1, Optional.empty()), keys, 1, 9_999)).isEmpty();
        assertThat(WeavingChoice.choose(found, effort(1, Optional.of(4)), keys, 1, 9_999)).isPresent();
        assertThat(WeavingChoice.choose(found, effort(1, Optional.empty()), keys, 1, 10_000)).isPresent();
    }

    @Test
    void measuresSpansInTheUnitsOfTheWalk() {
        Ranges blocks = new BlockRanges(table, 33, Optional.empty());
        Weaving weaving = WeavingChoice.choose(
                new Found(Optional.of(PAGE), 248, 128 * MEGABYTE), effort(1, Optional.empty()), blocks, 1, 10_000_000)
                .orElseThrow();
        assertThat(weaving.spanSize() % 2048).isZero();
        assertThat(weaving.spanSize() / 2048 * 8192 * Weaving.SPANS).isBetween(32 * MEGABYTE, 70 * MEGABYTE);
    }

    @Test
    void refusesAnEffortThatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> effort(0, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> effort(17, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> effort(1, Optional.of(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> effort(1, Optional.of(65)));
    }

    private Optional<Weaving> choose(Optional<PageModel> page, double rowBytes, Effort effort) {
        return WeavingChoice.choose(new Found(page, rowBytes, 128 * MEGABYTE), effort, keys, 1, 10_000_000);
    }

    private static Effort effort(int workers, Optional<Integer> strands) {
        return new Effort(workers, strands, OldSnapshot.PLAIN, false);
    }
}
