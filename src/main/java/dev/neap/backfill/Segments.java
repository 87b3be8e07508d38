package dev.neap.backfill;

import dev.neap.catalog.KeyCuts;
import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts a step's units into disjoint segments, each with a checkpoint of its own, so that several workers can go over them
 * and a restart may use another number of them. Done once a unit; from then on the stored segments count.
 */
public final class Segments {

    private final Transactions transactions;
    private final ChangeName change;
    private final StepId step;

    public Segments(Transactions transactions, ChangeName change, StepId step) {
        this.transactions = transactions;
        this.change = change;
        this.step = step;
    }

    /**
     * Lays the step out, unless it is.
     *
     * @param like the step whose segments these shall be too; empty, or a step without any, for its own
     * @param newEnd whether the last segment of each unit reaches to the end that it has now
     */
    public void lay(List<Unit> units, Optional<StepId> like, boolean newEnd) {
        transactions.in(Transactions.Settings.none(), jdbc -> {
            if (!CheckpointStore.segments(jdbc, change, step).isEmpty()) {
                return false;
            }
            int copied = like.map(other -> copy(jdbc, other)).orElse(0);
            if (copied == 0) {
                insert(jdbc, units, units);
            } else if (newEnd) {
                units.forEach(unit -> moveEnd(jdbc, unit));
            }
            return true;
        });
    }

    /**
     * Follows the table where it has got or lost leaves since it was laid out.
     *
     * @param complete whether leaves that it has got are gone over too
     * @return the segments, in order
     */
    public List<Segment> follow(List<Unit> units, boolean complete) {
        return transactions.in(Transactions.Settings.none(), jdbc -> {
            jdbc.sql("DELETE FROM neap.checkpoint WHERE change = ? AND step = ? AND unit <> 0 AND unit <> ALL (?)")
                    .params(change.value(), step.value(), units.stream().map(Unit::oid).toArray(Long[]::new))
                    .update();
            if (complete) {
                insert(jdbc, missing(jdbc, units), units);
            }
            return CheckpointStore.segments(jdbc, change, step);
        });
    }

    /** Whether {@link #follow} would find leaves to go over, or segments whose leaf has been away for a while. */
    public boolean isBehind(List<Unit> units, boolean complete) {
        JdbcClient jdbc = transactions.jdbc();
        Set<Long> there = units.stream().map(Unit::oid).collect(Collectors.toSet());
        return (complete && !missing(jdbc, units).isEmpty())
                || CheckpointStore.segments(jdbc, change, step)
                        .stream()
                        .anyMatch(segment -> segment.unit() != 0
                                && !segment.finished()
                                && there.contains(segment.unit()));
    }

    private List<Unit> missing(JdbcClient jdbc, List<Unit> units) {
        Set<Long> laid = CheckpointStore.segments(jdbc, change, step)
                .stream()
                .map(Segment::unit)
                .collect(Collectors.toSet());
        return units.stream().filter(unit -> !laid.contains(unit.oid())).toList();
    }

    /** Whether the step has not been laid out yet. */
    public boolean isNew() {
        return CheckpointStore.segments(transactions.jdbc(), change, step).isEmpty();
    }

    /**
     * Opens those segments again that were finished before the unit was rewritten: rows that were still to be done may now
     * be in them.
     *
     * @return whether there were any
     */
    public boolean reopen(Unit unit) {
        JdbcClient jdbc = transactions.jdbc();
        Optional<Long> file = unit.ranges().file(jdbc);
        if (file.isEmpty()) {
            return false;
        }
        boolean any = jdbc
                .sql("""
                        UPDATE neap.checkpoint
                           SET finished = false, file = ?, position = NULL, ends = NULL, found = 0, visited = 0, seq = seq + 1
                         WHERE change = ? AND step = ? AND unit = ? AND finished AND upper IS NOT NULL AND file IS DISTINCT FROM ?""")
                .params(file.get(), change.value(), step.value(), unit.oid(), file.get())
                .update() > 0;
        if (any) {
            moveEnd(jdbc, unit);
        }
        return any;
    }

    /** What the segments of the step have come to. */
    public List<Checkpoint> checkpoints() {
        return CheckpointStore.segments(transactions.jdbc(), change, step)
                .stream()
                .map(segment -> new CheckpointStore(transactions.jdbc(), change, step, segment.number())
                        .find()
                        .orElseThrow())
                .toList();
    }

    private int copy(JdbcClient jdbc, StepId other) {
        return jdbc.sql("""
                INSERT INTO neap.checkpoint (change, step, segment, unit, lower, upper, file, finished)
                SELECT change, ?, segment, unit, lower, upper, file, upper IS NULL
                  FROM neap.checkpoint WHERE change = ? AND step = ?""")
                .params(step.value(), change.value(), other.value())
                .update();
    }

    private void moveEnd(JdbcClient jdbc, Unit unit) {
        Optional<Long> file = unit.ranges().file(jdbc);
        jdbc.sql("""
                UPDATE neap.checkpoint c SET upper = ?, file = ?, finished = false
                 WHERE change = ? AND step = ? AND unit = ? AND segment = (
                   SELECT max(segment) FROM neap.checkpoint l
                    WHERE (l.change, l.step, l.unit) = (c.change, c.step, c.unit))""")
                .param(CheckpointRow.array(unit.ranges().last(jdbc)))
                .param(file.orElse(null))
                .params(change.value(), step.value(), unit.oid())
                .update();
        jdbc.sql("""
                UPDATE neap.checkpoint SET file = ?, finished = (upper IS NULL)
                 WHERE change = ? AND step = ? AND unit = ?""")
                .param(file.orElse(null))
                .params(change.value(), step.value(), unit.oid())
                .update();
    }

    /** The larger a unit, the more segments. */
    private void insert(JdbcClient jdbc, List<Unit> added, List<Unit> all) {
        long rows = all.stream().mapToLong(Unit::rows).sum();
        int next = CheckpointStore.segments(jdbc, change, step)
                .stream()
                .mapToInt(Segment::number)
                .max()
                .orElse(-1) + 1;
        for (Unit unit : added) {
            next += insert(jdbc, unit, next, (int) Math.max(
                    1, Math.round(KeyCuts.suit(rows) * (unit.rows() / (double) Math.max(1, rows)))));
        }
    }

    /** @return how many there are now */
    private int insert(JdbcClient jdbc, Unit unit, int next, int wanted) {
        Ranges ranges = unit.ranges();
        Optional<List<String>> last = ranges.last(jdbc);
        List<List<String>> cuts = wanted > 1 && last.isPresent() ? ranges.cuts(jdbc, wanted) : List.of();
        List<Optional<List<String>>> bounds = new ArrayList<>(List.of(Optional.empty()));
        cuts.forEach(cut -> bounds.add(Optional.of(cut)));
        Optional<Long> file = ranges.file(jdbc);
        for (int i = 0; i < bounds.size(); i++) {
            Optional<List<String>> upper = i + 1 < bounds.size() ? bounds.get(i + 1) : last;
            jdbc.sql("""
                    INSERT INTO neap.checkpoint (change, step, segment, unit, lower, upper, file, finished)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                    .params(change.value(), step.value(), next + i, unit.oid())
                    .param(CheckpointRow.array(bounds.get(i)))
                    .param(CheckpointRow.array(upper))
                    .param(file.orElse(null))
                    .param(upper.isEmpty())
                    .update();
        }
        return bounds.size();
    }
}
