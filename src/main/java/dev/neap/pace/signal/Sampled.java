package dev.neap.pace.signal;

import dev.neap.jdbc.SqlState;
import dev.neap.pace.OnUnreadable;
import dev.neap.pace.Reading;
import dev.neap.pace.SignalSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** A signal that a thread of its own, or of several of them, reads now and then. */
final class Sampled implements SignalSource {

    private static final Logger LOG = LoggerFactory.getLogger(Sampled.class);

    private static final String NOT_YET = "it was not read yet";

    /** insufficient_privilege. */
    private static final String NOT_PERMITTED = "42501";

    /** Reads it once. */
    @FunctionalInterface
    interface Look {
        /** @throws DataAccessException if a database refuses */
        Reading read(Instant now) throws IOException, InterruptedException;
    }

    /**
     * How a signal is read.
     *
     * @param words for people
     * @param every from the end of one reading to the next; less while a standby has to be steered
     */
    record Terms(String name, String words, Duration every, Duration staleAfter, OnUnreadable onUnreadable) {}

    private final Terms terms;
    private final Look look;
    private final InstantSource clock;
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile Reading latest;

    Sampled(Terms terms, Look look, InstantSource clock) {
        this.terms = terms;
        this.look = look;
        this.clock = clock;
        this.latest = new Reading.Unreadable(clock.instant(), NOT_YET);
    }

    @Override
    public String name() {
        return terms.name();
    }

    @Override
    public String words() {
        return terms.words();
    }

    @Override
    public Duration staleAfter() {
        return terms.staleAfter();
    }

    @Override
    public OnUnreadable onUnreadable() {
        return terms.onUnreadable();
    }

    @Override
    public Reading latest() {
        return latest;
    }

    /** How long until it is read again. */
    Duration next() {
        return latest instanceof Reading.Replay replay ? replay.next(terms.every()) : terms.every();
    }

    /** What was read says nothing any more: until it is read again, nothing is known. */
    void forget() {
        latest = new Reading.Unreadable(clock.instant(), NOT_YET);
    }

    /** Waits for the first reading. */
    void awaitFirst(Duration atMost) {
        try {
            boolean unused = first.await(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads it once more; throws nothing, or it would never be read again. */
    void sample() {
        Instant now = clock.instant();
        try {
            latest = look.read(now);
        } catch (DataAccessException e) {
            latest = new Reading.Unreadable(now, words(e));
        } catch (IOException e) {
            latest = new Reading.Unreadable(
                    now, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Signal {} could not be read.", terms.name(), e);
            latest = new Reading.Unreadable(now, "reading it failed: " + e.getMessage());
        } finally {
            first.countDown();
        }
    }

    private static String words(DataAccessException error) {
        return SqlState.find(error)
                .map(sql -> SqlState.message(sql)
                        + (NOT_PERMITTED.equals(sql.getSQLState()) ? remedy(SqlState.message(sql)) : ""))
                .orElse("the query failed");
    }

    private static String remedy(String message) {
        return message.contains("pg_") ? " " + ServerSignal.REMEDY : " (grant it)";
    }
}
