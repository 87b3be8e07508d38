package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PageModelTest {

    @Test
    void alignsRowsAsPostgresDoesAndCountsTheirLinePointers() {
        // 8168 bytes for 33 rows: 247 each, of which 240 are the row and 4 its pointer.
        assertThat(PageModel.of(33.4, 100, 0, 24, 4)).isEqualTo(new PageModel(33, 244, 268, 8168 - 33 * 244, 4));
        assertThat(PageModel.of(33.4, 100, 0, 1, 4).newBytes()).isEqualTo(252);
    }

    @Test
    void leavesTheRoomOfTheFillfactor() {
        PageModel page = PageModel.of(27, 80, 0, 0, 1);
        assertThat(page.freeBytes()).isGreaterThan(8192 / 5);
    }

    @Test
    void believesStatisticsWhereRowsAreMuchNarrowerThanTheirShareOfAPage() {
        assertThat(PageModel.of(16, 100, 237, 24, 4)).isEqualTo(new PageModel(16, 244, 268, 8168 - 16 * 244, 4));
        assertThat(PageModel.of(33, 100, 228, 24, 4).oldBytes()).as("padding that statistics do not know")
                .isEqualTo(244);
    }

    @Test
    void neverHasARowBelowItsHeader() {
        assertThat(PageModel.of(10, 100, 0, -100_000, 0).newBytes()).isEqualTo(28);
        assertThat(PageModel.of(100_000, 100, 0, 0, 0).freeBytes()).isZero();
    }

    @Test
    void hasAtLeastOneRow() {
        assertThat(PageModel.of(0.02, 100, 0, 8, 1).rows()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new PageModel(0, 244, 268, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PageModel(1, 244, 268, -1, 1));
    }
}
