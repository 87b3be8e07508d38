package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.sql.QualifiedName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way through a segment, over tuple addresses, for which no server has to be asked. */
class CourseTest {

    private static final long BLOCK = 2048;
    private static final int MODULUS = 12;
    private static final Duration TARGET = Duration.ofMillis(100);

    private final JdbcClient unused = JdbcClient.create(new PGSimpleDataSource());
    private final BlockRanges ranges = new BlockRanges(QualifiedName.of("public", "t"), 100, Optional.empty());

    /** Only lays spans out. */
    private final RangeWork work = new RangeWork() {
        @Override
        public long execute(JdbcClient jdbc, Ranges of, Range range, boolean quarantine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long pending(JdbcClient jdbc, Ranges of, Range range) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<PendingRow> firstPending(JdbcClient jdbc, Ranges of, Range range) {
            throw new UnsupportedOperationException();
        }
    };

    /** Where each remainder has come to, as slots of the table. */
    private final long[] done = new long[MODULUS];

    @RepeatedTest(200)
    void passesEveryPlaceOnceThroughFailuresContentionAndRestarts(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        long begin = random.nextBoolean() ? -1 : random.nextLong(10) * BLOCK + BLOCK - 1;
        long end = begin + BLOCK * (1 + random.nextLong(40));
        Optional<List<String>> lower = begin < 0 ? Optional.empty() : Optional.of(address(begin));
        Checkpoint checkpoint = Checkpoint.start(lower, Optional.of(address(end)), Optional.empty());
        Arrays.fill(done, begin);
        Course course = course(random, checkpoint);
        long poison = begin + 1 + random.nextLong(end - begin);
        int remainder = random.nextInt(MODULUS);
        boolean found = false;
        while (true) {
            Optional<Course.Leg> next = course.next(unused, checkpoint);
            if (next.isEmpty()) {
                break;
            }
            Range range = next.get().range();
            boolean holdsPoison = holds(range, poison, remainder);
            if (!found && holdsPoison) {
                if (!course.failed(range)) {
                    continue;
                }
                assertThat(slot(range.upTo())).as("the only row that can be the culprit").isEqualTo(poison);
                found = true;
                course.found();
            } else if (random.nextInt(10) == 0) {
                course.contended();
                continue;
            } else {
                course.passed(range, Duration.ofMillis(20 + random.nextLong(400)));
            }
            pass(range);
            checkpoint = next.get().from().after(range, 1, course.size());
            if (random.nextInt(20) == 0) {
                course = course(random, checkpoint);
            }
        }
        assertThat(found).isTrue();
        assertThat(done).containsOnly(end);
        assertThat(checkpoint.position()).contains(address(end));
        assertThat(checkpoint.stretch()).isEmpty();
        assertThat(course.next(unused, checkpoint)).isEmpty();
    }

    /** Another process may weave in another way, or not at all; what has begun goes on as it did. */
    private Course course(Random random, Checkpoint checkpoint) {
        Optional<Weaving> weaving = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(new Weaving(weave(random), BLOCK * (1 + random.nextLong(4))));
        return new Course(ranges, work, weaving, TARGET, checkpoint);
    }

    private static Weave weave(Random random) {
        int inner = random.nextInt(1 << (MODULUS - 1));
        List<Integer> bounds = IntStream.rangeClosed(0, MODULUS)
                .filter(i -> i == 0 || i == MODULUS || (inner >> (i - 1) & 1) == 1)
                .boxed()
                .toList();
        return new Weave(MODULUS, bounds);
    }

    private static boolean holds(Range range, long slot, int remainder) {
        return range.after().map(CourseTest::slot).orElse(-1L) < slot
                && slot <= slot(range.upTo())
                && range.strand().filter(s -> remainder < s.from() || remainder >= s.to()).isEmpty();
    }

    private void pass(Range range) {
        Strand strand = range.strand().orElse(new Strand(MODULUS, 0, MODULUS));
        assertThat(strand.modulus()).isEqualTo(MODULUS);
        for (int i = strand.from(); i < strand.to(); i++) {
            assertThat(range.after().map(CourseTest::slot).orElse(-1L)).as("remainder %d", i).isEqualTo(done[i]);
            done[i] = slot(range.upTo());
        }
    }

    @Test
    void cutsTheSpansInPiecesWhereAStrandTakesTooLong() {
        Checkpoint start = Checkpoint.start(Optional.empty(), Optional.of(address(64 * BLOCK - 1)), Optional.empty());
        Course course = new Course(
                ranges, work, Optional.of(new Weaving(Weave.of(List.of(6, 6)), 16 * BLOCK)), TARGET, start);
        Course.Leg leg = course.next(unused, start).orElseThrow();
        assertThat(slot(leg.range().upTo())).isEqualTo(16 * BLOCK - 1);

        // Half of a half of a half.
        for (int i = 0; i < 3; i++) {
            course.contended();
        }
        leg = course.next(unused, leg.from()).orElseThrow();
        assertThat(slot(leg.range().upTo())).isEqualTo(2 * BLOCK - 1);
        assertThat(leg.range().visited()).as("counted with the span's last piece").isZero();
    }

    @Test
    void takesAStrandOfAWholeSpanAtATimeOtherwise() {
        Checkpoint start = Checkpoint.start(Optional.empty(), Optional.of(address(64 * BLOCK - 1)), Optional.empty());
        Course course = new Course(
                ranges, work, Optional.of(new Weaving(Weave.of(List.of(6, 6)), 16 * BLOCK)), TARGET, start);
        Course.Leg leg = course.next(unused, start).orElseThrow();
        assertThat(leg.from().stretch().orElseThrow().spans()).hasSize(4);
        assertThat(leg.range().strand()).contains(new Strand(12, 0, 6));
        assertThat(leg.range().visited()).isEqualTo(16 * 100 / 2);
    }

    @Test
    void endsAtOnceInATableWithoutRows() {
        Checkpoint empty = Checkpoint.start(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(empty.finished()).isTrue();
        assertThat(new Course(ranges, work, Optional.empty(), TARGET, empty).next(unused, empty)).isEmpty();
    }

    private static List<String> address(long slot) {
        return List.of("(" + slot / BLOCK + "," + slot % BLOCK + ")");
    }

    private static long slot(List<String> address) {
        String[] parts = address.getFirst().replaceAll("[()]", "").split(",", -1);
        return Long.parseLong(parts[0]) * BLOCK + Long.parseLong(parts[1]);
    }
}
