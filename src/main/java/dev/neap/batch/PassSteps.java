package dev.neap.batch;

import dev.neap.backfill.BackfillFailed;
import dev.neap.backfill.BlockRanges;
import dev.neap.backfill.KeyRanges;
import dev.neap.backfill.MovedRanges;
import dev.neap.backfill.PassSetup;
import dev.neap.backfill.Purpose;
import dev.neap.backfill.RangeWork;
import dev.neap.backfill.Ranges;
import dev.neap.backfill.SqlWork;
import dev.neap.backfill.Unit;
import dev.neap.backfill.Units;
import dev.neap.catalog.Key;
import dev.neap.catalog.KeySql;
import dev.neap.catalog.Leaf;
import dev.neap.catalog.LeafReader;
import dev.neap.catalog.Table;
import dev.neap.metrics.PassMeters;
import dev.neap.pace.Pacer;
import dev.neap.pace.SideDoor;
import dev.neap.pace.Turnstile;
import dev.neap.plan.Ground;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.plan.Walk;
import dev.neap.rows.RowPath;
import dev.neap.run.Engine.Assignment;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.LastLookStep;
import dev.neap.step.MovedStep;
import dev.neap.step.RowWork;
import dev.neap.step.StepId;
import dev.neap.step.VerifyStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.step.Step;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Makes the steps that go over rows: each is cut into segments, on which workers work in parallel. */
public final class PassSteps {

    private final Builders builders;
    private final JdbcTransactionManager transactions;
    private final PassTerms terms;
    private final Turnstile turnstile;

    public PassSteps(
            Builders builders,
            JdbcTransactionManager transactions,
            PassTerms terms,
            Turnstile turnstile) {
        this.builders = builders;
        this.transactions = transactions;
        this.terms = terms;
        this.turnstile = turnstile;
    }

    Step backfill(Assignment assignment, Place place, BackfillStep step) {
        Plan plan = assignment.plan();
        Ground ground = place.planned().ground();
        StepId id = place.planned().id();
        PassSetup setup = new PassSetup(
                plan.change().name(),
                ground.table().name(),
                step,
                id,
                id,
                whole(ground),
                assignment.lease(),
                Purpose.CHANGE,
                false);
        return step(assignment, place, ground, setup, Optional.empty());
    }

    Step verify(Assignment assignment, Place place, VerifyStep step) {
        Plan plan = assignment.plan();
        Ground ground = place.planned().ground();
        StepId backfillId = idOf(plan, step.backfill(), ground);
        PassSetup setup = new PassSetup(
                plan.change().name(),
                ground.table().name(),
                step.backfill(),
                place.planned().id(),
                backfillId,
                whole(ground),
                assignment.lease(),
                Purpose.VERIFY,
                step.wholeTable());
        return step(assignment, place, ground, setup, Optional.of(backfillId));
    }

    Step moved(Assignment assignment, Place place, MovedStep step) {
        Plan plan = assignment.plan();
        Ground ground = place.planned().ground();
        Table table = ground.table();
        StepId backfillId = idOf(plan, step.backfill(), ground);
        Ranges rows = ranges(table.name(), Key.of(table), 1, Key.of(table));
        Unit notes = Unit.whole(
                table.name(),
                new MovedRanges(table.name(), rows, plan.change().name(), backfillId, step.untilNone()),
                0);
        PassSetup setup = new PassSetup(
                plan.change().name(),
                table.name(),
                step.backfill(),
                place.planned().id(),
                backfillId,
                notes,
                assignment.lease(),
                Purpose.CHANGE,
                false);
        return step(assignment, place, ground, setup, Optional.empty());
    }

    private static StepId idOf(Plan plan, BackfillStep backfill, Ground ground) {
        return plan.steps()
                .stream()
                .filter(planned -> planned.step().equals(backfill) && planned.ground().equals(ground))
                .map(PlannedStep::id)
                .findFirst()
                .orElseThrow();
    }

    Step lastLook(Assignment assignment, Place place, LastLookStep step) {
        Plan plan = assignment.plan();
        Ground ground = place.planned().ground().retyped(step.retyped());
        StepId id = place.planned().id();
        PassSetup setup = new PassSetup(
                plan.change().name(),
                ground.table().name(),
                step.backfill(),
                id,
                id,
                whole(ground),
                assignment.lease(),
                Purpose.LAST_LOOK,
                true);
        return step(assignment, place, ground, setup, Optional.empty());
    }

    /**
     * @param like the step whose segments this one shares; empty for its own
     */
    private Step step(
            Assignment assignment,
            Place place,
            Ground ground,
            PassSetup setup,
            Optional<StepId> like) {
        Plan plan = assignment.plan();
        String name = place.planned().id().value();
        Pacer pacer = terms.pacer().apply(assignment);
        SideDoor door = new SideDoor(turnstile, pacer);
        PassReport report = new PassReport(
                place,
                ground.table().shape().rows(),
                setup.purpose(),
                new PassMeters(terms.meters(), setup.change().value(), setup.id().value()));
        SegmentSteps.Shared shared = new SegmentSteps.Shared(
                setup,
                setup.ranges() instanceof MovedRanges ? jdbc -> List.of(setup.unit()) : units(ground),
                work(plan, ground, setup.backfill(), door),
                like,
                mayWeave(plan, ground, setup),
                terms.tuning().apply(plan),
                terms.effort().apply(plan),
                pacer);
        Siblings siblings = new Siblings(
                turnstile, new Seats(() -> terms.effort().apply(plan).workers()));
        SegmentSteps segments = new SegmentSteps(builders, transactions, shared, siblings, report);
        SimpleStepExecutionSplitter splitter = new SimpleStepExecutionSplitter(
                builders.repository(), name, gridSize -> Partitions.of(segments.begin()));
        // A segment that is finished says so at once; one that was opened again is gone over again.
        splitter.setAllowStartIfComplete(true);
        return builders.step(name)
                .partitioner(name, gridSize -> Map.of())
                .splitter(splitter)
                .partitionHandler(new SegmentWorkers(siblings, segments))
                .build();
    }

    /**
     * Only rows that are updated in place find room on their page. Where each must be done once, its strand has to be the
     * same in whatever session asks.
     */
    private boolean mayWeave(Plan plan, Ground ground, PassSetup setup) {
        boolean inPlace = switch (setup.backfill().work()) {
            case RowWork.Assign assign -> true;
            case RowWork.Transform transform -> rowTerms(plan, ground).mayWeave();
            case RowWork.Delete delete -> false;
            case RowWork.Archive archive -> false;
            case RowWork.Copy copy -> false;
            case RowWork.Mirror mirror -> false;
        };
        return inPlace
                && !(setup.ranges() instanceof MovedRanges)
                && (setup.backfill().discipline() == Discipline.CONVERGENT
                        || ground.walk().keyed().filter(key -> new KeySql(key).hasFixedRemainder()).isPresent());
    }

    private Function<PassSetup, RangeWork> work(Plan plan, Ground ground, BackfillStep step, SideDoor door) {
        Function<PassSetup, RangeWork> sql = on -> new SqlWork(
                on.table(), on.unit(), on.backfill(), on.change(), on.backfillId());
        return switch (step.work()) {
            case RowWork.Assign assign -> sql;
            case RowWork.Delete delete -> sql;
            case RowWork.Archive archive -> sql;
            case RowWork.Copy copy -> sql;
            case RowWork.Mirror mirror -> sql;
            case RowWork.Transform transform -> terms.rows().work(transform, rowTerms(plan, ground), door);
        };
    }

    private RowPath.Terms rowTerms(Plan plan, Ground ground) {
        Table.Shape shape = ground.table().shape();
        int threads = plan.change()
                .backfill()
                .transformThreads()
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
        return RowPath.Terms.of(
                terms.tuning().apply(plan), threads, terms.effort().apply(plan).workers(),
                shape.totalBytes() / Math.max(1, shape.rows()));
    }

    private static Unit whole(Ground ground) {
        Table table = ground.table();
        return Unit.whole(
                table.name(),
                ranges(
                        table.name(),
                        ground.walk().keyed(),
                        table.shape().rows() / (double) Math.max(1, table.shape().heapBytes() / 8192),
                        Key.of(table)),
                table.shape().rows());
    }

    private static Units units(Ground ground) {
        return switch (ground.walk()) {
            case Walk.ByKey byKey -> jdbc -> List.of(whole(ground));
            case Walk.ByBlock byBlock -> jdbc -> List.of(whole(ground));
            case Walk.ByLeaf byLeaf ->
                jdbc -> new LeafReader(jdbc)
                        .leaves(ground.table().oid())
                        .stream()
                        .map(leaf -> unit(ground.table(), byLeaf, leaf))
                        .toList();
        };
    }

    private static Unit unit(Table table, Walk.ByLeaf walk, Leaf leaf) {
        leaf.obstacle().ifPresent(obstacle -> {
            throw new BackfillFailed(
                    ("Partition %s of table %s %s, so it can't be gone over by itself, as was planned. Mend that, or detach"
                            + " it, then run the change again.")
                            .formatted(leaf.name(), table.name(), obstacle));
        });
        return new Unit(
                leaf.oid(),
                leaf.name(),
                ranges(
                        leaf.name(),
                        walk.byBlock(leaf.oid()) ? Optional.empty() : walk.key(),
                        leaf.rowsPerBlock(),
                        walk.key()),
                leaf.rows());
    }

    /**
     * @param key empty for block order
     * @param name the key by which rows are named there, if they have one
     */
    private static Ranges ranges(QualifiedName table, Optional<Key> key, double rowsPerBlock, Optional<Key> name) {
        return key.<Ranges>map(found -> new KeyRanges(table, found))
                .orElseGet(() -> new BlockRanges(table, rowsPerBlock, name));
    }
}
