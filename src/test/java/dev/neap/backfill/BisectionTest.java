package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BisectionTest {

    @Test
    void findsTheOneRowThatDoesNotFit() {
        for (long culprit : new long[]{0, 1, 499, 500, 998, 999}) {
            Search search = new Search(List.of(culprit));
            search.run();

            assertThat(search.found).containsExactly(culprit);
            assertThat(search.tries).isLessThan(40);
        }
    }

    @Test
    void findsSeveralOneAfterTheOther() {
        Search search = new Search(List.of(3L, 4L, 700L));
        search.run();

        assertThat(search.found).containsExactly(3L, 4L, 700L);
    }

    @Test
    void goesBackToFullSizeBehindTheCulprit() {
        Bisection bisection = new Bisection();
        bisection.failed(2);
        assertThat(bisection.limit(1_000)).isEqualTo(1);
        assertThat(bisection.failed(1)).isTrue();
        bisection.found();

        assertThat(bisection.searching()).isFalse();
        assertThat(bisection.limit(1_000)).isEqualTo(1_000);
    }

    @Test
    void givesUpLookingOnceTheSuspiciousStretchHasPassed() {
        Bisection bisection = new Bisection();
        bisection.failed(100);
        bisection.passed(50);
        assertThat(bisection.searching()).isTrue();
        bisection.passed(50);

        assertThat(bisection.searching()).isFalse();
    }

    /** Walks 1,000 rows in chunks of 1,000 as a pass does, with rows that always fail. */
    private static final class Search {

        private final List<Long> culprits;
        private final Bisection bisection = new Bisection();
        private final List<Long> found = new ArrayList<>();
        private int tries;

        Search(List<Long> culprits) {
            this.culprits = culprits;
        }

        void run() {
            long position = 0;
            while (position < 1_000) {
                tries++;
                long begin = position;
                long size = Math.min(bisection.limit(1_000), 1_000 - position);
                if (culprits.stream().noneMatch(row -> row >= begin && row < begin + size)) {
                    bisection.passed(size);
                    position += size;
                } else if (bisection.failed(size)) {
                    found.add(position);
                    bisection.found();
                    position++;
                }
            }
        }
    }
}
