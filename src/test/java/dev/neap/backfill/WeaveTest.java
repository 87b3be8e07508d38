package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Strands, spans and stretches: every place comes once, and everything adds up. */
class WeaveTest {

    private static final Weave WEAVE = Weave.of(List.of(3, 5, 4, 1));

    @Test
    void hasStrandsFromZeroToTheModulus() {
        assertThat(WEAVE).isEqualTo(new Weave(13, List.of(0, 3, 8, 12, 13)));
        assertThat(WEAVE.strands()).isEqualTo(4);
        assertThat(WEAVE.strand(1)).isEqualTo(new Strand(13, 3, 8));
    }

    @Test
    void isRefusedWhereARemainderWouldHaveNoStrandOrTwo() {
        for (List<Integer> bounds : List.of(
                List.<Integer>of(), List.of(0), List.of(0, 12), List.of(1, 13), List.of(0, 5, 5, 13),
                List.of(0, 8, 3, 13))) {
            assertThatIllegalArgumentException().as("%s", bounds).isThrownBy(() -> new Weave(13, bounds));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Strand(13, 8, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Strand(13, 0, 14));
    }

    @Test
    void tellsAStrandByItsRemainders() {
        assertThat(WEAVE.strand(1).condition("r")).isEqualTo("r BETWEEN 3 AND 7");
        assertThat(WEAVE.strand(3).condition("r")).isEqualTo("r = 12");
    }

    @Test
    void sharesRowsOutSoThatTheyAddUp() {
        for (long rows : new long[]{0, 1, 2, 12, 13, 14, 999, 1_000_000_007}) {
            assertThat(IntStream.range(0, WEAVE.strands())
                    .mapToLong(i -> WEAVE.strand(i).shareOf(rows))
                    .sum())
                    .isEqualTo(rows);
        }
    }

    @Test
    void visitsEveryStrandOfEverySpanOnceTheStrandsOneAfterTheOther() {
        List<Span> spans = List.of(new Span(List.of("10"), 10), new Span(List.of("20"), 10),
                new Span(List.of("27"), 7));
        Optional<Stretch> at = Optional.of(Stretch.begin(spans, WEAVE));
        double share = 0;
        for (int strand = 0; strand < 4; strand++) {
            for (int span = 0; span < 3; span++) {
                Stretch now = at.orElseThrow();
                assertThat(now.strand()).isEqualTo(strand);
                assertThat(now.span()).isEqualTo(span);
                assertThat(now.share()).isGreaterThanOrEqualTo(share).isLessThan(1);
                share = now.share();
                at = now.after(now.spanAtHand().end());
            }
        }
        assertThat(at).isEmpty();
    }

    @Test
    void goesOnWithinASpanThatWasCutInTwo() {
        List<Span> spans = List.of(new Span(List.of("10"), 10), new Span(List.of("20"), 10));
        Stretch begun = Stretch.begin(spans, WEAVE);
        assertThat(begun.after(Optional.empty())).isEmpty();
        assertThat(begun.after(Optional.of(List.of("0")))).contains(List.of("0"));

        Stretch cut = begun.after(List.of("4")).orElseThrow();
        assertThat(cut.within()).contains(List.of("4"));
        assertThat(cut.after(Optional.of(List.of("0")))).contains(List.of("4"));
        assertThat(cut.span()).isZero();

        Stretch next = cut.after(List.of("10")).orElseThrow();
        assertThat(next.within()).isEmpty();
        assertThat(next.after(Optional.of(List.of("0")))).contains(List.of("10"));
    }

    @Test
    void countsTheShareOfASegmentThroughItsStretch() {
        List<Span> spans = List.of(new Span(List.of("20"), 10), new Span(List.of("60"), 40));
        Checkpoint start = Checkpoint.start(Optional.empty(), Optional.of(List.of("100")), Optional.empty());
        Checkpoint at = start.weaving(Stretch.begin(spans, Weave.of(List.of(1, 1))));
        Optional<List<String>> first = Optional.of(List.of("0"));

        assertThat(at.share(first)).hasValue(0);
        at = at.after(range("20", 5), 5, 20);
        assertThat(at.share(first).orElseThrow()).isBetween(0.14, 0.16);
        at = at.after(range("60", 20), 20, 20).after(range("20", 5), 5, 20).after(range("60", 20), 20, 20);
        assertThat(at.share(first).orElseThrow()).isBetween(0.59, 0.61);
        assertThat(at.position()).contains(List.of("60"));
        assertThat(at.stretch()).isEmpty();
        assertThat(at.visited()).isEqualTo(50);
        assertThat(at.share(Optional.empty())).isEqualTo(OptionalDouble.empty());
    }

    private static Range range(String upTo, long visited) {
        return new Range(Optional.empty(), List.of(upTo), visited, 20);
    }
}
