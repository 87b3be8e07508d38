package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts a step's table into disjoint segments, each with a checkpoint of its own, so that several workers can go over it
 * and a restart may use another number of them. Done once a step; from then on the stored segments count.
 */
public final class Segments {

    private final Transactions transactions;
    private final ChangeName change;

    public Segments(Transactions transactions, ChangeName change) {
        this.transactions = transactions;
        this.change = change;
    }

    /**
     * Lays the step out, unless it is.
     *
     * @param wanted about how many; fewer where keys don't allow it
     * @param like the step whose segments these shall be too; empty, or a step without any, for its own
     * @param newEnd whether the last segment reaches to the end that the table has now
     * @return the segments, in order
     */
    public List<Segment> lay(StepId step, Ranges ranges, int wanted, Optional<StepId> like, boolean newEnd) {
        List<Integer> numbers = transactions.in(Transactions.Settings.none(), jdbc -> {
            List<Integer> there = CheckpointStore.segments(jdbc, change, step);
            if (!there.isEmpty()) {
                return there;
            }
            int copied = like.map(other -> copy(jdbc, step, other)).orElse(0);
            if (copied == 0) {
                insert(jdbc, step, ranges, wanted);
            } else if (newEnd) {
                moveEnd(jdbc, step, ranges.last(jdbc), ranges.file(jdbc));
            }
            return CheckpointStore.segments(jdbc, change, step);
        });
        return numbers.stream().map(number -> new Segment(number, number.equals(numbers.getLast()))).toList();
    }

    /** Whether the step has not been laid out yet. */
    public boolean isNew(StepId step) {
        return CheckpointStore.segments(transactions.jdbc(), change, step).isEmpty();
    }

    /**
     * Opens those segments again that were finished before the table was rewritten: rows that were still to be done may
     * now be in them.
     *
     * @return whether there were any
     */
    public boolean reopen(StepId step, Ranges ranges) {
        JdbcClient jdbc = transactions.jdbc();
        Optional<Long> file = ranges.file(jdbc);
        if (file.isEmpty()) {
            return false;
        }
        boolean any = jdbc.sql("""
                UPDATE neap.checkpoint
                   SET finished = false, file = ?, position = NULL, ends = NULL, found = 0, visited = 0, seq = seq + 1
                 WHERE change = ? AND step = ? AND finished AND upper IS NOT NULL AND file IS DISTINCT FROM ?""")
                .params(file.get(), change.value(), step.value(), file.get())
                .update() > 0;
        if (any) {
            moveEnd(jdbc, step, ranges.last(jdbc), file);
        }
        return any;
    }

    /** What the segments of a step have come to. */
    public List<Checkpoint> checkpoints(StepId step) {
        return CheckpointStore.segments(transactions.jdbc(), change, step)
                .stream()
                .map(number -> new CheckpointStore(transactions.jdbc(), change, step, number).find().orElseThrow())
                .toList();
    }

    private int copy(JdbcClient jdbc, StepId step, StepId other) {
        return jdbc.sql("""
                INSERT INTO neap.checkpoint (change, step, segment, lower, upper, file, finished)
                SELECT change, ?, segment, lower, upper, file, upper IS NULL
                  FROM neap.checkpoint WHERE change = ? AND step = ?""")
                .params(step.value(), change.value(), other.value())
                .update();
    }

    private void moveEnd(JdbcClient jdbc, StepId step, Optional<List<String>> end, Optional<Long> file) {
        jdbc.sql("""
                UPDATE neap.checkpoint c SET upper = ?, file = ?, finished = false
                 WHERE change = ? AND step = ? AND segment = (
                   SELECT max(segment) FROM neap.checkpoint l WHERE (l.change, l.step) = (c.change, c.step))""")
                .param(CheckpointRow.array(end))
                .param(file.orElse(null))
                .params(change.value(), step.value())
                .update();
        jdbc.sql("UPDATE neap.checkpoint SET file = ?, finished = (upper IS NULL) WHERE change = ? AND step = ?")
                .param(file.orElse(null))
                .params(change.value(), step.value())
                .update();
    }

    private void insert(JdbcClient jdbc, StepId step, Ranges ranges, int wanted) {
        Optional<List<String>> last = ranges.last(jdbc);
        List<List<String>> cuts = wanted > 1 && last.isPresent() ? ranges.cuts(jdbc, wanted) : List.of();
        List<Optional<List<String>>> bounds = new ArrayList<>(List.of(Optional.empty()));
        cuts.forEach(cut -> bounds.add(Optional.of(cut)));
        Optional<Long> file = ranges.file(jdbc);
        for (int i = 0; i < bounds.size(); i++) {
            Optional<List<String>> upper = i + 1 < bounds.size() ? bounds.get(i + 1) : last;
            jdbc.sql("""
                    INSERT INTO neap.checkpoint (change, step, segment, lower, upper, file, finished)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                    .params(change.value(), step.value(), i)
                    .param(CheckpointRow.array(bounds.get(i)))
                    .param(CheckpointRow.array(upper))
                    .param(file.orElse(null))
                    .param(upper.isEmpty())
                    .update();
        }
    }
}
