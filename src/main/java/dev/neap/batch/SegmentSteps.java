package dev.neap.batch;

import dev.neap.backfill.Effort;
import dev.neap.backfill.Horizon;
import dev.neap.backfill.Pass;
import dev.neap.backfill.PassSetup;
import dev.neap.backfill.Purpose;
import dev.neap.backfill.Quarantine;
import dev.neap.backfill.Range;
import dev.neap.backfill.RangeWork;
import dev.neap.backfill.Segment;
import dev.neap.backfill.Segments;
import dev.neap.backfill.Tuning;
import dev.neap.backfill.WeaveProbe;
import dev.neap.backfill.Weaving;
import dev.neap.backfill.WeavingChoice;
import dev.neap.catalog.KeyCuts;
import dev.neap.jdbc.Transactions;
import dev.neap.pace.Pacer;
import dev.neap.step.StepId;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The segments of one step over rows. Each is a chunk-oriented step: an item is a range of rows, a chunk is one item, and
 * a chunk is one transaction, in which the range is claimed, its rows are changed, and the checkpoint is written.
 */
final class SegmentSteps implements SegmentWorkers.Round {

    /**
     * What all segments share.
     *
     * @param work makes what one worker does with rows
     * @param rows in the table, estimated
     * @param like the step whose segments these shall be too; empty for its own
     * @param mayWeave whether rows may be visited out of their order
     */
    record Shared(
            PassSetup setup,
            Supplier<RangeWork> work,
            long rows,
            Optional<StepId> like,
            boolean mayWeave,
            Tuning tuning,
            Effort effort,
            Pacer pacer) {}

    private final JobRepository repository;
    private final JdbcTransactionManager manager;
    private final DataSource dataSource;
    private final Transactions transactions;
    private final Shared shared;
    private final Segments segments;
    private final Siblings siblings;
    private final PassReport report;
    private final OldSnapshots snapshots;
    private final Vacuuming vacuuming;

    private List<Segment> laid = List.of();
    private Optional<Weaving> weaving = Optional.empty();

    SegmentSteps(
            JobRepository repository,
            JdbcTransactionManager manager,
            Shared shared,
            Siblings siblings,
            PassReport report) {
        this.repository = repository;
        this.manager = manager;
        this.dataSource = Objects.requireNonNull(manager.getDataSource());
        this.transactions = new Transactions(dataSource);
        this.shared = shared;
        this.segments = new Segments(transactions, shared.setup().change());
        this.siblings = siblings;
        this.report = report;
        this.snapshots = new OldSnapshots(
                shared.effort().oldSnapshot(),
                () -> Horizon.holder(transactions.jdbc()),
                report::event,
                InstantSource.system());
        this.vacuuming = new Vacuuming(dataSource, siblings.turnstile(), shared.setup().table(), report::event);
    }

    /** Before any of them works. */
    List<Segment> begin() {
        PassSetup setup = shared.setup();
        if (setup.purpose() == Purpose.VERIFY && segments.isNew(setup.id())) {
            // Rows that were set aside may have been corrected since; those that were not are set aside again.
            new Quarantine(transactions.jdbc(), setup.change(), setup.backfillId()).clear();
        }
        laid = segments.lay(
                setup.id(), setup.ranges(), KeyCuts.suit(shared.rows()), shared.like(), setup.wholeTable());
        weaving = weaving();
        report.begin(setup.ranges().first(transactions.jdbc()), laid.size());
        return laid;
    }

    private Optional<Weaving> weaving() {
        PassSetup setup = shared.setup();
        return setup.purpose() == Purpose.CHANGE
                && shared.mayWeave()
                && !setup.backfill().assignments().isEmpty()
                        ? WeavingChoice.choose(
                                new WeaveProbe(transactions).look(setup.table(), setup.backfill()),
                                shared.effort(),
                                setup.ranges(),
                                laid.size(),
                                shared.rows())
                        : Optional.empty();
    }

    @Override
    public Step step(int number, Seats.Seat seat) {
        JdbcClient jdbc = transactions.jdbc();
        Segment segment = laid.get(number);
        PassDriver driver = new PassDriver(
                () -> new Pass(
                        shared.setup(), shared.work().get(), shared.tuning(), segment, weaving, jdbc),
                dataSource,
                new PassDriver.Leave(shared.pacer(), siblings, seat, snapshots),
                checkpoint -> report.part(number, checkpoint));
        return new StepBuilder("segment" + number, repository)
                .<Range, Range>chunk(1)
                .transactionManager(manager)
                .reader(driver::read)
                .writer(driver::write)
                .interruptionPolicy(driver)
                .listener(driver.beginning())
                .build();
    }

    @Override
    public void finished() {
        if (weaving.isPresent() && shared.effort().vacuum()) {
            vacuuming.finished(laid.size());
        }
    }

    @Override
    public boolean again() {
        boolean reopened = segments.reopen(shared.setup().id(), shared.setup().ranges());
        if (!reopened) {
            report.finished(segments.checkpoints(shared.setup().id()));
        }
        return reopened;
    }
}
