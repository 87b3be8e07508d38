package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The strands that are chosen, judged on a page that fills and is pruned as PostgreSQL's do. */
class WeaveChoiceTest {

    @Test
    void letsAFewRowsLeaveAFullPageSoThatTheOthersStay() {
        PageModel page = PageModel.of(33, 100, 0, 24, 4);
        Weave weave = choose(page);

        assertThat(page.newBytes() - page.oldBytes()).isEqualTo(24);
        assertThat(weave.bounds().get(1)).as("rows of the first strand").isLessThanOrEqualTo(3);
        assertThat(leavers(page, weave)).isLessThanOrEqualTo(5);
        assertThat(weave.strands()).isLessThanOrEqualTo(24);
    }

    @Test
    void needsOnlyRoomForOneStrandWhereRowsDoNotGrow() {
        PageModel page = PageModel.of(33, 100, 0, 0, 4);
        assertThat(leavers(page, choose(page))).isLessThanOrEqualTo(3);
    }

    @Test
    void letsNoRowLeaveWhereThereIsRoomFromTheStart() {
        PageModel page = PageModel.of(27, 80, 240, 24, 4);
        assertThat(leavers(page, choose(page))).isZero();
        assertThat(choose(page).strands()).isLessThanOrEqualTo(8);
    }

    @Test
    void letsOneRowLeaveWhereRowsShrink() {
        PageModel page = PageModel.of(33, 100, 0, -80, 4);
        assertThat(leavers(page, choose(page))).isEqualTo(1);
    }

    @Test
    void doesNotWeaveWhereNoRowWillEverStay() {
        assertThat(choose(PageModel.of(1, 100, 0, 24, 2)).strands()).isEqualTo(1);
        assertThat(choose(PageModel.of(2, 100, 0, 24, 2)).strands()).isEqualTo(1);
    }

    @Test
    void visitsPagesOfManyNarrowRowsOnlyAFewTimes() {
        PageModel page = PageModel.of(200, 100, 0, 8, 1);
        Weave weave = choose(page);

        assertThat(weave.strands()).isBetween(2, 10);
        assertThat(leavers(page, weave)).isLessThan(100);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "4", "12"})
    void paysForMoreIndexesWithMoreVisitsNotWithMoreLeavers(int indexes) {
        PageModel page = PageModel.of(33, 100, 0, 24, indexes);
        PageModel withOneMore = PageModel.of(33, 100, 0, 24, indexes + 1);

        assertThat(leavers(page, choose(withOneMore)))
                .isLessThanOrEqualTo(leavers(page, choose(page)));
    }

    static Stream<PageModel> manyPages() {
        return Stream.of(1, 2, 3, 5, 10, 33, 60, 100, 200, 226, 291)
                .flatMap(rows -> Stream.of(10, 50, 80, 100)
                        .flatMap(fillfactor -> Stream.of(-2_000, -16, 0, 4, 24, 300, 2_000, 6_000)
                                .map(growth -> PageModel.of(rows, fillfactor, 0, growth, 3))));
    }

    @ParameterizedTest
    @MethodSource("manyPages")
    void isNeverWorseThanOneVisit(PageModel page) {
        Weave weave = choose(page);

        assertThat(weave.modulus()).isEqualTo(page.rows());
        assertThat(weave.strands()).isBetween(1, 24);
        assertThat(leavers(page, weave)).isLessThanOrEqualTo(leavers(page, new Weave(1, java.util.List.of(0, 1))));
    }

    /** How many rows of the page find no room on it, when its rows are updated strand after strand. */
    private static int leavers(PageModel page, Weave weave) {
        int free = page.freeBytes();
        int leavers = 0;
        for (int i = 0; i < weave.strands(); i++) {
            Strand strand = weave.strand(i);
            int rows = (int) strand.shareOf(page.rows());
            int stay = 0;
            while (stay < rows && free >= page.newBytes()) {
                free -= page.newBytes();
                stay++;
            }
            leavers += rows - stay;
            // Pruned by the next visit; the line pointers stay behind.
            free += rows * (page.oldBytes() - PageModel.POINTER);
        }
        return leavers;
    }

    @Test
    void visitsPagesLessOftenWhereItIsDearToTellStrandsApart() {
        PageModel page = PageModel.of(33, 100, 0, 24, 1);

        assertThat(WeaveChoice.choose(page, 0.4).strands()).isBetween(3, 8).isLessThan(choose(page).strands());
    }

    private static Weave choose(PageModel page) {
        return WeaveChoice.choose(page, 0.1);
    }
}
