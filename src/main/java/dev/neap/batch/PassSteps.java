package dev.neap.batch;

import dev.neap.backfill.BlockRanges;
import dev.neap.backfill.CheckpointStore;
import dev.neap.backfill.KeyRanges;
import dev.neap.backfill.Pass;
import dev.neap.backfill.PassSetup;
import dev.neap.backfill.Purpose;
import dev.neap.backfill.Range;
import dev.neap.backfill.RangeWork;
import dev.neap.backfill.Ranges;
import dev.neap.backfill.SqlWork;
import dev.neap.catalog.Table;
import dev.neap.metrics.PassMeters;
import dev.neap.pace.StopFlag;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.plan.Walk;
import dev.neap.rows.RowPath;
import dev.neap.run.Engine.Assignment;
import dev.neap.step.BackfillStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.RowWork;
import dev.neap.step.StepId;
import dev.neap.step.VerifyStep;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Makes the chunk-oriented steps: an item is a range of rows, a chunk is one item, and a chunk is one transaction, in
 * which the range is claimed, its rows are changed, and the checkpoint is written.
 */
public final class PassSteps {

    private final JobRepository repository;
    private final JdbcTransactionManager transactions;
    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final PassTerms terms;
    private final StopFlag stop;

    public PassSteps(
            JobRepository repository,
            JdbcTransactionManager transactions,
            PassTerms terms,
            StopFlag stop) {
        this.repository = repository;
        this.transactions = transactions;
        this.dataSource = Objects.requireNonNull(transactions.getDataSource());
        this.jdbc = JdbcClient.create(dataSource);
        this.terms = terms;
        this.stop = stop;
    }

    Step backfill(Assignment assignment, Place place, BackfillStep step) {
        Plan plan = assignment.plan();
        StepId id = place.planned().id();
        PassSetup setup = new PassSetup(
                plan.change().name(),
                plan.change().table(),
                step,
                id,
                id,
                ranges(plan),
                assignment.lease(),
                Purpose.CHANGE,
                false);
        return step(plan, place, setup, Optional.empty());
    }

    Step verify(Assignment assignment, Place place, VerifyStep step) {
        Plan plan = assignment.plan();
        StepId backfillId = plan.steps()
                .stream()
                .filter(planned -> planned.step().equals(step.backfill()))
                .map(PlannedStep::id)
                .findFirst()
                .orElseThrow();
        PassSetup setup = new PassSetup(
                plan.change().name(),
                plan.change().table(),
                step.backfill(),
                place.planned().id(),
                backfillId,
                ranges(plan),
                assignment.lease(),
                Purpose.VERIFY,
                step.wholeTable());
        return step(plan, place, setup, step.wholeTable() ? Optional.empty() : Optional.of(backfillId));
    }

    Step lastLook(Assignment assignment, Place place, LastLookStep step) {
        Plan plan = assignment.plan();
        StepId id = place.planned().id();
        PassSetup setup = new PassSetup(
                plan.change().name(),
                plan.change().table(),
                step.backfill(),
                id,
                id,
                ranges(plan),
                assignment.lease(),
                Purpose.LAST_LOOK,
                true);
        return step(plan, place, setup, Optional.empty());
    }

    /**
     * @param endOf the step whose frozen end this one shares; empty to freeze its own
     */
    private Step step(Plan plan, Place place, PassSetup setup, Optional<StepId> endOf) {
        PassDriver driver = new PassDriver(
                () -> new Pass(setup, work(plan, setup), terms.tuning().apply(plan), jdbc,
                        endOf.flatMap(id -> end(setup, id))),
                dataSource,
                terms.pacer().apply(plan),
                stop,
                new PassReport(
                        place,
                        plan.table().shape().rows(),
                        setup.purpose(),
                        new PassMeters(
                                terms.meters(), setup.change().value(), setup.id().value()),
                        () -> setup.ranges().first(jdbc)));
        return new StepBuilder(place.planned().id().value(), repository)
                .<Range, Range>chunk(1)
                .transactionManager(transactions)
                .reader(driver::read)
                .writer(driver::write)
                .interruptionPolicy(driver)
                .listener(driver.beginning())
                .build();
    }

    private RangeWork work(Plan plan, PassSetup setup) {
        SqlWork sql = new SqlWork(setup.table(), setup.backfill(), setup.change(), setup.backfillId());
        return switch (setup.backfill().work()) {
            case RowWork.Assign assign -> sql;
            case RowWork.Delete delete -> sql;
            case RowWork.Archive archive -> sql;
            case RowWork.Copy copy -> sql;
            case RowWork.Transform transform -> terms.rows().work(setup, transform, rowTerms(plan));
        };
    }

    private RowPath.Terms rowTerms(Plan plan) {
        Table.Shape shape = plan.table().shape();
        int threads = plan.change()
                .backfill()
                .transformThreads()
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
        return RowPath.Terms.of(
                terms.tuning().apply(plan), threads, shape.totalBytes() / Math.max(1, shape.rows()));
    }

    private Optional<List<String>> end(PassSetup setup, StepId other) {
        return new CheckpointStore(jdbc, setup.change(), other).find().flatMap(checkpoint -> checkpoint.upper());
    }

    private static Ranges ranges(Plan plan) {
        Table table = plan.table();
        return switch (plan.walk()) {
            case Walk.ByKey byKey -> new KeyRanges(table.name(), byKey.key());
            case Walk.ByBlock byBlock ->
                new BlockRanges(
                        table.name(),
                        table.shape().rows() / (double) Math.max(1, table.shape().heapBytes() / 8192));
        };
    }

}
