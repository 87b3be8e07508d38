package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The arithmetic of tuple slots; the server is asked for the table's end only, which is given here. */
class BlockRangesTest {

    private static final long BLOCK = 2048;
    private static final List<String> END_OF_TEN_BLOCKS = List.of("(9,2047)");

    private final JdbcClient unused = JdbcClient.create(new PGSimpleDataSource());
    private final BlockRanges ranges = new BlockRanges(QualifiedName.of("public", "t"), 100, Optional.empty());

    @Test
    void beginsWithTheFirstBlockAndEndsWithABlock() {
        assertThat(next(Optional.empty(), 2 * BLOCK)).extracting(Range::upTo).isEqualTo(List.of("(1,2047)"));
        assertThat(next(Optional.empty(), BLOCK)).extracting(Range::upTo).isEqualTo(List.of("(0,2047)"));
    }

    @Test
    void canBeCutDownToASingleRow() {
        Range first = next(Optional.empty(), 1);
        assertThat(first.upTo()).containsExactly("(0,0)");
        Range second = next(Optional.of(first.upTo()), 1);
        assertThat(second.upTo()).containsExactly("(0,1)");
        assertThat(next(Optional.of(List.of("(3,2047)")), 1).upTo()).containsExactly("(4,0)");
    }

    @Test
    void coversEverySlotOnceWhateverTheSizes() {
        Optional<List<String>> at = Optional.empty();
        long[] sizes = {1, 5, 3 * BLOCK, 2047, BLOCK, 1, 2 * BLOCK + 1};
        int steps = 0;
        for (int i = 0;; i++) {
            Optional<Range> next = ranges.next(unused, at, END_OF_TEN_BLOCKS, sizes[i % sizes.length]);
            if (next.isEmpty()) {
                break;
            }
            assertThat(next.get().after()).isEqualTo(at);
            at = Optional.of(next.get().upTo());
            steps++;
        }
        assertThat(at).contains(END_OF_TEN_BLOCKS);
        assertThat(steps).isLessThan(15);
    }

    @Test
    void neverGoesBeyondTheEnd() {
        assertThat(next(Optional.of(List.of("(8,5)")), 100 * BLOCK).upTo()).isEqualTo(END_OF_TEN_BLOCKS);
        assertThat(ranges.next(unused, Optional.of(END_OF_TEN_BLOCKS), END_OF_TEN_BLOCKS, 1)).isEmpty();
    }

    @Test
    void estimatesItsRows() {
        assertThat(next(Optional.of(List.of("(0,2047)")), 4 * BLOCK).visited()).isEqualTo(400);
    }

    @Test
    void namesItsBoundsAsParameters() {
        Range first = next(Optional.empty(), BLOCK);
        assertThat(ranges.condition(first)).isEqualTo("ctid <= CAST(? AS tid)");
        assertThat(ranges.parameters(first)).containsExactly("(0,2047)");
        Range second = next(Optional.of(first.upTo()), BLOCK);
        assertThat(ranges.condition(second)).isEqualTo("ctid > CAST(? AS tid) AND ctid <= CAST(? AS tid)");
        assertThat(ranges.parameters(second)).containsExactly("(0,2047)", "(1,2047)");
    }

    private Range next(Optional<List<String>> after, long size) {
        return ranges.next(unused, after, END_OF_TEN_BLOCKS, size).orElseThrow();
    }
}
