package dev.neap.backfill;

import dev.neap.backfill.PassMood.Failed;
import dev.neap.jdbc.SqlState;
import dev.neap.jdbc.Transactions.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One worker's way over a segment of a table, chunk by chunk. Whoever drives it opens a transaction for each chunk, calls
 * {@link #next} and {@link #execute} in it, and then says how the transaction ended with {@link #committed} or
 * {@link #rolledBack}.
 *
 * <p>The checkpoint in memory moves only with {@link #committed}. What the server has is always the truth: a pass begins
 * with it, and each chunk takes it for update and compares before it writes.
 */
public final class Pass {

    private final PassSetup setup;
    private final RangeWork work;
    private final Tuning tuning;
    private final Ending ending;
    private final CheckpointStore store;
    private final QuarantineLimit limit;
    private final Course course;
    private final JdbcClient jdbc;
    private final HotShare hot = new HotShare();
    private final Belonging belonging;

    private Checkpoint checkpoint;
    private Optional<Checkpoint> proposed = Optional.empty();
    private Optional<Range> current = Optional.empty();
    private Optional<PoisonRow> poison = Optional.empty();
    private Optional<Failed> failure = Optional.empty();
    private long chunkBegan;
    private boolean aside;
    private int setAside;

    /**
     * Begins where the stored checkpoint is.
     *
     * @param segment of the unit that the setup is on
     * @param weaving empty for plain ranges
     */
    public Pass(
            PassSetup setup,
            RangeWork work,
            Tuning tuning,
            Segment segment,
            Optional<Weaving> weaving,
            JdbcClient jdbc) {
        this.setup = setup;
        this.work = work;
        this.belonging = new Belonging(setup);
        this.tuning = tuning;
        this.ending = new Ending(setup, segment.last());
        this.jdbc = jdbc;
        this.store = new CheckpointStore(jdbc, setup.change(), setup.id(), segment.number());
        this.limit = new QuarantineLimit(jdbc, setup, tuning.maxQuarantined());
        this.checkpoint = store.find().orElseThrow();
        this.aside = new Quarantine(jdbc, setup.change(), setup.backfillId()).size() > 0;
        this.course = new Course(setup.ranges(), work, weaving, tuning.chunkDuration(), checkpoint);
    }

    /** The settings that each chunk's transaction needs. */
    public Settings settings() {
        Settings settings = Settings.none()
                .lockTimeout(tuning.lockTimeout())
                .with("statement_timeout", "0")
                // By which a move trigger knows the change's own chunks.
                .with("neap.change", setup.change().value());
        return work.addTo(tuning.session().addTo(PlannerSettings.addTo(settings, course.isWoven())));
    }

    /**
     * Gets the next chunk ready. Asked between chunks, in no transaction, again and again until it is.
     *
     * @param atMost how long to wait
     */
    public Readiness prepare(Duration atMost) {
        try {
            return course.prepare(jdbc, checkpoint, atMost);
        } catch (DataAccessException e) {
            // Whatever is wrong with the server, the chunk meets it too, and says so.
            return new Readiness.Ready();
        }
    }

    /**
     * The next range, with the checkpoint taken for this transaction.
     *
     * @return empty if the pass, and with it the segment, is finished
     * @throws ClaimLost if this process must not write any more
     * @throws BackfillFailed if the table does not become right, or too many rows do not fit
     */
    public Optional<Range> next(JdbcClient jdbc) {
        if (checkpoint.finished()) {
            return Optional.empty();
        }
        try {
            return claimed(jdbc);
        } catch (DataAccessException e) {
            // A client whose key change holds the checkpoint: never the end of the pass, nor of the run.
            SQLException error = SqlState.find(e).orElseThrow(() -> e);
            if (SqlState.of(error) != SqlState.CONTENTION && !belonging.isLost(error)) {
                throw e;
            }
            failure = Optional.of(new Failed(SqlState.CONTENTION, error.getSQLState(), SqlState.message(error)));
            current = Optional.of(Range.BLOCKED);
            return current;
        }
    }

    private Optional<Range> claimed(JdbcClient jdbc) {
        if (!store.claim(checkpoint, setup.lease())) {
            throw new ClaimLost("The checkpoint of %s moved, or another process has taken the change over."
                    .formatted(setup.where()));
        }
        if (belonging.hasEnded(jdbc)) {
            return Optional.empty();
        }
        chunkBegan = System.nanoTime();
        Optional<Course.Leg> leg = course.next(jdbc, checkpoint);
        if (leg.isEmpty()) {
            Checkpoint end = ending.of(jdbc, checkpoint);
            leg = end.finished() ? Optional.empty() : course.next(jdbc, end);
            end = leg.isPresent() || end.finished() ? end : end.end();
            store.save(end, setup.unit().table().sql());
            proposed = Optional.of(end);
        }
        leg.ifPresent(found -> proposed = Optional.of(found.from()));
        current = leg.map(Course.Leg::range);
        return current;
    }

    /**
     * Changes the rows of the range and writes the checkpoint, both in the transaction at hand.
     *
     * @return false if the transaction has to be rolled back and the pass asked again, after {@link #rolledBack}
     * @throws DataAccessException for errors that a new transaction would not mend
     */
    public boolean execute(JdbcClient jdbc, Range range) {
        if (failure.isPresent()) {
            return false;
        }
        Checkpoint base = proposed.orElse(checkpoint);
        try {
            long changed = 0;
            // The row may have gone meanwhile; then whatever stands in its place is tried like any other.
            poison = poison.filter(row -> row.range().upTo().equals(range.upTo()));
            if (poison.isPresent()) {
                // Other workers may have set rows aside since this one was found.
                limit.setAside(poison.get().key(), poison.get().sqlState(), poison.get().message());
            } else if (setup.purpose() == Purpose.LAST_LOOK) {
                look(jdbc, range);
            } else {
                changed = work.execute(jdbc, setup.ranges(), range, aside);
                // A constraint that is checked at commit would otherwise fail where its row can't be told any more.
                jdbc.sql("SET CONSTRAINTS ALL IMMEDIATE").update();
            }
            Checkpoint now = ending.rewritten(jdbc, base).orElse(base.after(range, changed, course.size()));
            OptionalLong stayed = store.save(now, setup.unit().table().sql());
            if (belonging.isLost(jdbc)) {
                failure = Optional.of(
                        new Failed(SqlState.CONTENTION, "", setup.unit().table() + " is no longer a partition"));
                return false;
            }
            hot.chunk(range, changed, stayed);
            proposed = Optional.of(now);
            return true;
        } catch (DataAccessException e) {
            SQLException error = SqlState.find(e).orElseThrow(() -> e);
            SqlState kind = belonging.isLost(error) ? SqlState.CONTENTION : SqlState.of(error);
            failure = Optional.of(new Failed(kind, error.getSQLState(), SqlState.message(error)));
            return switch (kind) {
                case CONTENTION, DATA -> false;
                case OUTAGE, OTHER -> throw e;
            };
        }
    }

    private void look(JdbcClient jdbc, Range range) {
        long wrong = work.pending(jdbc, setup.ranges(), range);
        if (wrong > 0) {
            throw work.firstPending(jdbc, setup.ranges(), range)
                    .map(row -> LastLookFailed.of(row, wrong))
                    .orElseGet(() -> LastLookFailed.of(setup, range, wrong));
        }
    }

    /** The transaction of the last chunk has been committed. */
    public void committed() {
        boolean wove = checkpoint.stretch().isPresent();
        proposed.ifPresent(now -> checkpoint = now);
        if (wove && checkpoint.stretch().isEmpty()) {
            hot.forget();
        }
        current.ifPresent(range -> {
            if (poison.isPresent()) {
                aside = true;
                setAside++;
                course.found();
            } else {
                course.passed(range, Duration.ofNanos(System.nanoTime() - chunkBegan));
            }
        });
        forget();
    }

    /**
     * The transaction of the last chunk has been rolled back.
     *
     * @return why, for whoever decides how long to wait before the next try
     * @throws BackfillFailed if a row does not fit and no more may be set aside
     * @throws LastLookFailed if a row does not fit, and what it holds is about to be dropped
     */
    public PassMood rolledBack() {
        Failed failed = failure.orElseThrow(() -> new IllegalStateException("No chunk has failed."));
        Range range = current.orElseThrow();
        forget();
        if (failed.kind() == SqlState.CONTENTION) {
            course.contended();
            return new PassMood.Contended(failed.message());
        }
        if (course.failed(range)) {
            // By block, the row may have moved meanwhile; then it is met where it is now.
            poison = setup.ranges()
                    .keyOfOnly(jdbc, range)
                    .map(key -> new PoisonRow(range, key, failed.sqlState(), failed.message()));
            if (poison.isPresent() && setup.purpose() == Purpose.LAST_LOOK) {
                throw LastLookFailed.of(setup, poison.get());
            }
            if (poison.isPresent() && limit.reached()) {
                throw limit.tooMany(poison.get().key(), failed.sqlState(), failed.message());
            }
        }
        return new PassMood.Searching(failed.message());
    }

    /** Whether there is no more to do, because all is done or because these rows are no longer rows of the table. */
    public boolean hasEnded() {
        return belonging.hasEnded() || checkpoint.finished();
    }

    private void forget() {
        proposed = Optional.empty();
        current = Optional.empty();
        failure = Optional.empty();
        poison = Optional.empty();
    }

    /** Ends whatever works ahead of it. */
    public void close() {
        work.close();
    }

    /** As of the last commit. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** How many rows this worker has set aside. */
    public int setAside() {
        return setAside;
    }

    /** How well weaving works. */
    public HotShare hot() {
        return hot;
    }

    /**
     * How long the next chunks should take; positive. Counts from the next chunk on, or from the next span where rows are
     * woven.
     */
    public void aim(Duration duration) {
        course.aim(duration);
    }

    /** Whether the next stretches are woven; otherwise it goes on in plain ranges. */
    public void weave(boolean wanted) {
        if (wanted != course.isWoven()) {
            course.weave(wanted);
            hot.forget();
        }
    }
}
