package dev.neap.batch;

import dev.neap.backfill.Effort;
import dev.neap.backfill.Horizon;
import dev.neap.backfill.Pass;
import dev.neap.backfill.PassSetup;
import dev.neap.backfill.Purpose;
import dev.neap.backfill.Quarantine;
import dev.neap.backfill.RangeWork;
import dev.neap.backfill.Segment;
import dev.neap.backfill.Segments;
import dev.neap.backfill.Tuning;
import dev.neap.backfill.Unit;
import dev.neap.backfill.Units;
import dev.neap.backfill.WeaveProbe;
import dev.neap.backfill.Weaving;
import dev.neap.backfill.WeavingChoice;
import dev.neap.ddl.CancelOnStop;
import dev.neap.jdbc.Transactions;
import dev.neap.pace.Activity;
import dev.neap.pace.Pacer;
import dev.neap.pace.SideDoor;
import dev.neap.step.StepId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.batch.core.step.Step;
import org.springframework.dao.DataAccessException;
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
     * @param setup on the table as a whole
     * @param units of it
     * @param work makes what one worker does with the rows of a unit
     * @param like the step whose segments these shall be too; empty for its own
     * @param mayWeave whether rows may be visited out of their order
     */
    record Shared(
            PassSetup setup,
            Units units,
            Function<PassSetup, RangeWork> work,
            Optional<StepId> like,
            boolean mayWeave,
            Tuning tuning,
            Effort effort,
            Pacer pacer) {}

    private final Builders builders;
    private final JdbcTransactionManager manager;
    private final DataSource dataSource;
    private final Transactions transactions;
    private final Shared shared;
    private final Segments segments;
    private final Siblings siblings;
    private final PassReport report;
    private final OldSnapshots snapshots;
    private final Entrance entrance;
    private final Vacuuming vacuuming;

    private Map<Long, Unit> units = Map.of();
    private Map<Integer, Segment> laid = Map.of();
    private final Map<Long, UnitFacts> facts = new ConcurrentHashMap<>();

    /**
     * What all segments of a unit share.
     *
     * @param weaving empty for plain ranges
     * @param first its first key, if it can be measured
     */
    private record UnitFacts(Optional<Weaving> weaving, Optional<List<String>> first) {

        static final UnitFacts NONE = new UnitFacts(Optional.empty(), Optional.empty());
    }

    SegmentSteps(
            Builders builders,
            JdbcTransactionManager manager,
            Shared shared,
            Siblings siblings,
            PassReport report) {
        this.builders = builders;
        this.manager = manager;
        this.dataSource = Objects.requireNonNull(manager.getDataSource());
        this.transactions = new Transactions(dataSource);
        this.shared = shared;
        this.segments = new Segments(transactions, shared.setup().change(), shared.setup().id());
        this.siblings = siblings;
        this.report = report;
        this.snapshots = new OldSnapshots(
                shared.effort().oldSnapshot(),
                () -> Horizon.holder(transactions.jdbc()),
                report::event,
                InstantSource.system());
        this.entrance = new Entrance(siblings, shared.pacer(), report);
        this.vacuuming = new Vacuuming(
                dataSource,
                new SideDoor(siblings.turnstile(), shared.pacer()),
                new CancelOnStop(siblings.stop()),
                shared.setup().table(),
                report::event);
    }

    /** Before any of them works, and as soon as nothing is in the way; none if all must end before that. */
    Collection<Integer> begin() {
        return entrance.inside(this::lay).orElse(Set.of());
    }

    private Collection<Integer> lay() {
        PassSetup setup = shared.setup();
        if (setup.purpose() == Purpose.VERIFY && segments.isNew()) {
            // Rows that were set aside may have been corrected since; those that were not are set aside again.
            new Quarantine(transactions.jdbc(), setup.change(), setup.backfillId()).clear();
        }
        List<Unit> now = shared.units().now(transactions.jdbc());
        segments.lay(now, shared.like(), setup.wholeTable());
        units = now.stream().collect(Collectors.toMap(Unit::oid, unit -> unit));
        laid = new TreeMap<>(segments.follow(now, followsNewLeaves())
                .stream()
                .collect(Collectors.toMap(Segment::number, segment -> segment)));
        report.begin(laid.size());
        return laid.keySet();
    }

    /** Rows of a leaf that came meanwhile are new; it is the verification that answers for all that are there. */
    private boolean followsNewLeaves() {
        return shared.setup().purpose() != Purpose.CHANGE;
    }

    private UnitFacts look(Unit unit) {
        try {
            return new UnitFacts(weaving(unit), unit.ranges().first(transactions.jdbc()));
        } catch (DataAccessException e) {
            if (unit.oid() == 0 || unit.isThere(transactions.jdbc())) {
                throw e;
            }
            // Dropped just now, which its pass will meet too.
            return UnitFacts.NONE;
        }
    }

    /** Without any the step ends before its first chunk. */
    private UnitFacts facts(Unit unit) {
        UnitFacts known = facts.get(unit.oid());
        return known != null
                ? known
                : entrance.inside(() -> facts.computeIfAbsent(unit.oid(), oid -> look(unit))).orElse(UnitFacts.NONE);
    }

    private Optional<Weaving> weaving(Unit unit) {
        PassSetup setup = shared.setup();
        return setup.purpose() == Purpose.CHANGE
                && shared.mayWeave()
                && !setup.backfill().assignments().isEmpty()
                        ? WeavingChoice.choose(
                                new WeaveProbe(transactions).look(unit, setup.table(), setup.backfill()),
                                shared.effort(),
                                unit.ranges(),
                                segmentsOf(unit),
                                unit.rows())
                        : Optional.empty();
    }

    private void tellChanges(List<Unit> now) {
        Set<Long> there = now.stream().map(Unit::oid).collect(Collectors.toSet());
        units.values()
                .stream()
                .filter(unit -> !there.contains(unit.oid()))
                .forEach(unit -> report.event(
                        "partition %s is none of the table's any more: its rows are left as they are"
                                .formatted(unit.table())));
        now.stream()
                .filter(unit -> !units.containsKey(unit.oid()))
                .forEach(unit -> report.event("partition %s has come meanwhile: %s"
                        .formatted(
                                unit.table(),
                                followsNewLeaves() ? "it is gone over too" : "its rows count as new")));
    }

    private int segmentsOf(Unit unit) {
        return (int) laid.values().stream().filter(segment -> segment.unit() == unit.oid()).count();
    }

    /** Segments of a unit hold about the same number of rows. */
    private PassReport.Lot lot(Segment segment, Unit unit, UnitFacts known) {
        long rows = units.values().stream().mapToLong(Unit::rows).sum();
        String name = "segment " + segment.number() + (unit.oid() == 0 ? "" : " (partition " + unit.table() + ")");
        double weight = rows == 0 ? 1.0 / laid.size() : unit.rows() / (double) rows / segmentsOf(unit);
        return new PassReport.Lot(name, known.first(), weight);
    }

    @Override
    public Step step(int number, Seats.Seat seat) {
        JdbcClient jdbc = transactions.jdbc();
        Segment segment = Objects.requireNonNull(laid.get(number));
        Unit unit = Objects.requireNonNull(units.get(segment.unit()));
        PassSetup setup = shared.setup().on(unit);
        UnitFacts known = facts(unit);
        PassDriver driver = new PassDriver(
                () -> new Pass(
                        setup, shared.work().apply(setup), shared.tuning(), segment, known.weaving(), jdbc),
                dataSource,
                new Threshold.Leave(shared.pacer(), activity(), siblings, seat, snapshots),
                checkpoint -> report.part(lot(segment, unit, known), checkpoint));
        return builders.ranges("segment" + number)
                .transactionManager(manager)
                .reader(driver::read)
                .writer(driver::write)
                .interruptionPolicy(driver)
                .listener(driver.beginning())
                .build();
    }

    private Activity activity() {
        return switch (shared.setup().purpose()) {
            case CHANGE -> Activity.CHANGE;
            case VERIFY, LAST_LOOK -> Activity.READ;
        };
    }

    @Override
    public void finished() {
        boolean woven = facts.values().stream().anyMatch(known -> known.weaving().isPresent());
        if (woven && shared.effort().vacuum()) {
            vacuuming.finished(laid.size());
        }
    }

    @Override
    public boolean again() {
        List<Unit> now = shared.units().now(transactions.jdbc());
        tellChanges(now);
        // Each of them, whatever the others say.
        boolean reopened = now.stream().filter(segments::reopen).count() > 0;
        boolean behind = segments.isBehind(now, followsNewLeaves());
        if (!reopened && !behind) {
            report.finished(segments.checkpoints());
        }
        return reopened || behind;
    }
}
