package dev.neap.preflight.estimate;

import dev.neap.catalog.Table;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.preflight.estimate.Estimate.Basis;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.MovedStep;
import dev.neap.step.RowWork;
import dev.neap.step.Step;
import dev.neap.step.VerifyStep;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * An estimate from the table's size alone.
 *
 * <p>Its constants are measurements on a small machine (PostgreSQL 18, two shared cores, 2 million rows of 245 bytes
 * with no, and with three further indexes), widened on both sides: 33,000 to 145,000 rows a second, WAL of 1.6 to 3.0
 * times the table, growth of 20 to 110 %. A faster server stays below them; a table far larger than its memory on slow
 * disks may not.
 */
public final class RoughEstimate {

    /** Bytes of an index entry over one short column, with its share of the page. */
    private static final long INDEX_ENTRY = 24;

    private static final double FAST_ROWS = 145_000;
    private static final double SLOW_ROWS = 30_000;
    private static final double FAST_BYTES = 45e6;
    private static final double SLOW_BYTES = 8e6;
    private static final double FAST_SCAN = 1e9;
    private static final double SLOW_SCAN = 60e6;
    private static final double FAST_INDEX = 100e6;
    private static final double SLOW_INDEX = 12e6;
    private static final double LOW_WAL = 1.6;
    private static final double HIGH_WAL = 3.0;
    private static final double LOW_GROWTH = 0.2;
    private static final double HIGH_GROWTH = 1.1;

    private RoughEstimate() {}

    /** The estimate for all steps before the gate. */
    public static Estimate of(Plan plan) {
        Sum sum = new Sum();
        for (PlannedStep planned : plan.beforeGate()) {
            add(sum, planned.step(), planned.ground().table());
        }
        String size = plan.grounds()
                .stream()
                .map(ground -> ground.table().shape())
                .map(shape -> Quantity.rows(shape.rows()) + " and " + Quantity.bytes(shape.totalBytes()))
                .collect(Collectors.joining(", then ", "The statistics say ", " with indexes."));
        return new Estimate(
                Basis.ROUGH,
                new Bounds<>(sum.lowRows, sum.highRows, rowsBecause(size, plan)),
                new Bounds<>(sum.lowBytes, sum.highBytes, size),
                new Bounds<>(
                        seconds(sum.lowSeconds),
                        seconds(sum.highSeconds),
                        "From 30,000 to 145,000 rows a second, measured on a small machine; neap plan "
                                + "--sample measures here."),
                new Bounds<>(
                        (long) sum.lowWal,
                        (long) sum.highWal,
                        "1.6 to 3.0 times the table, and at most once more for full-page images after checkpoints."),
                new Bounds<>(
                        (long) sum.lowGrowth,
                        (long) sum.highGrowth,
                        growthBecause(plan)));
    }

    private static String growthBecause(Plan plan) {
        boolean assigns = plan.steps()
                .stream()
                .allMatch(planned -> !(planned.step() instanceof BackfillStep backfill)
                        || backfill.work() instanceof RowWork.Assign);
        return assigns
                ? "20 % of the table where old row versions can be pruned as work goes on, 110 % where an old"
                        + " transaction forbids it, and new indexes."
                : "What another table gets is at most as large as this one; rows that go leave room that new ones use"
                        + " once VACUUM has been there.";
    }

    /**
     * How long one step works, nothing waited for: zero for a step that touches the catalog only, and for a gate.
     */
    public static Bounds<Duration> time(Step step, Table table) {
        Sum sum = new Sum();
        add(sum, step, table);
        return new Bounds<>(
                seconds(sum.lowSeconds), seconds(sum.highSeconds), "From the table's size and measured speeds.");
    }

    private static String rowsBecause(String size, Plan plan) {
        boolean some = plan.steps()
                .stream()
                .anyMatch(planned -> planned.step() instanceof BackfillStep backfill
                        && !everyRow(backfill, planned.ground().table()));
        return some ? size + " How many of them the condition chooses is known only from the data." : size;
    }

    /** A column that does not exist yet is NULL in every row, so every row is pending. */
    static boolean everyRow(BackfillStep backfill, Table table) {
        return backfill.pending().isEmpty()
                || backfill.assignments()
                        .stream()
                        .anyMatch(a -> table.column(a.column()).isEmpty());
    }

    private static void add(Sum sum, Step step, Table table) {
        Table.Shape shape = table.shape();
        switch (step) {
            case BackfillStep backfill -> {
                boolean every = everyRow(backfill, table);
                double share = every ? 1 : 0;
                sum.read(shape.heapBytes(), shape.totalBytes());
                sum.lowRows += every ? shape.rows() : 0;
                sum.highRows += shape.rows();
                sum.time(
                        every
                                ? Math.max(shape.rows() / FAST_ROWS, shape.totalBytes() / FAST_BYTES)
                                : shape.heapBytes() / FAST_SCAN,
                        Math.max(shape.rows() / SLOW_ROWS, shape.totalBytes() / SLOW_BYTES));
                sum.lowWal += share * LOW_WAL * shape.totalBytes();
                sum.highWal += (HIGH_WAL + 1) * shape.totalBytes();
                switch (backfill.work()) {
                    case RowWork.Assign assign -> addGrowth(sum, share, shape);
                    case RowWork.Transform transform -> addGrowth(sum, share, shape);
                    case RowWork.Delete delete -> {
                    }
                    // What the other table gets, at most all of it.
                    case RowWork.Archive archive -> sum.highGrowth += shape.totalBytes();
                    case RowWork.Copy copy -> sum.highGrowth += shape.totalBytes();
                    case RowWork.Mirror mirror -> sum.highGrowth += shape.totalBytes();
                }
            }
            case VerifyStep verify -> {
                // One pass that finds nothing, and sometimes one before it that finds a little.
                sum.read(0, shape.totalBytes());
                sum.time(shape.heapBytes() / FAST_SCAN, 2 * shape.heapBytes() / SLOW_SCAN);
            }
            case MovedStep moved -> {
            }
            case LastLookStep look -> sum.time(shape.heapBytes() / FAST_SCAN, 2 * shape.heapBytes() / SLOW_SCAN);
            case DdlStep ddl -> addDdl(sum, ddl, shape);
            case GateStep gate -> {
            }
        }
    }

    private static void addGrowth(Sum sum, double share, Table.Shape shape) {
        sum.lowGrowth += share * LOW_GROWTH * shape.totalBytes();
        sum.highGrowth += HIGH_GROWTH * shape.totalBytes();
    }

    private static void addDdl(Sum sum, DdlStep ddl, Table.Shape shape) {
        switch (ddl.most()) {
            case CATALOG -> {
            }
            case SCAN -> sum.time(shape.heapBytes() / FAST_SCAN, shape.heapBytes() / SLOW_SCAN);
            case INDEX_BUILD -> {
                // CREATE INDEX CONCURRENTLY reads the table twice.
                sum.time(2 * shape.heapBytes() / (2 * FAST_INDEX), 2 * shape.heapBytes() / SLOW_INDEX);
                double low = shape.rows() * INDEX_ENTRY;
                double high = shape.rows() * 4.0 * INDEX_ENTRY;
                sum.lowGrowth += low;
                sum.highGrowth += high;
                sum.lowWal += low;
                sum.highWal += high * 1.2;
            }
            case REWRITE -> {
                // The heap is read and written, then every index is built anew; both copies are there until the commit.
                sum.time(2 * shape.totalBytes() / FAST_SCAN, 2 * shape.totalBytes() / SLOW_INDEX);
                sum.lowGrowth += shape.totalBytes();
                sum.highGrowth += shape.totalBytes();
                sum.lowWal += shape.heapBytes();
                sum.highWal += 1.2 * shape.totalBytes();
            }
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** What all steps add up to. */
    private static final class Sum {
        private long lowRows;
        private long highRows;
        private long lowBytes;
        private long highBytes;
        private double lowSeconds;
        private double highSeconds;
        private double lowWal;
        private double highWal;
        private double lowGrowth;
        private double highGrowth;

        private void read(long low, long high) {
            lowBytes += low;
            highBytes += high;
        }

        private void time(double low, double high) {
            lowSeconds += low;
            highSeconds += high;
        }
    }
}
