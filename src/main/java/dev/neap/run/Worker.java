package dev.neap.run;

import dev.neap.jdbc.Backoff;
import dev.neap.jdbc.SqlState;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Stopped;
import dev.neap.run.Engine.Assignment;
import dev.neap.run.Engine.Ended;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Drives the engine through outages: when the server goes away, it waits, holding nothing, until the server is back, makes
 * sure that the lease is still ours, and goes on from the checkpoint. A failover is a pause, not a failure.
 */
final class Worker {

    private static final String AWAY = "server_away";

    /** Interruptions in a row without the server having been away: something else is wrong. */
    private static final int PATIENCE = 5;

    /** After so long without an interruption, the next one is the first again. */
    private static final Duration CALM = Duration.ofMinutes(1);

    private final Engine engine;
    private final StopFlag stop;
    private final RunTerms terms;
    private final Backoff backoff;
    private final RandomGenerator random = RandomGenerator.getDefault();

    Worker(Engine engine, StopFlag stop, RunTerms terms) {
        this(engine, stop, terms, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)));
    }

    /** @param backoff how long to wait between tries */
    Worker(Engine engine, StopFlag stop, RunTerms terms, Backoff backoff) {
        this.engine = engine;
        this.stop = stop;
        this.terms = terms;
        this.backoff = backoff;
    }

    /**
     * @throws RunFailed UNREACHABLE if the server stays away, BUSY if another process has taken over
     * @throws Stopped if asked to stop while the server is away
     */
    Ended work(Assignment assignment, Lease lease, ProgressBoard board) {
        for (int interruptions = 0;; interruptions++) {
            long began = System.nanoTime();
            Ended ended = engine.execute(assignment, board);
            if (System.nanoTime() - began > CALM.toNanos()) {
                interruptions = 0;
            }
            if (!(ended instanceof Ended.Interrupted interrupted)) {
                return ended;
            }
            if (interruptions >= PATIENCE && SqlState.of(interrupted.cause()) != SqlState.OUTAGE) {
                return new Ended.Failed(interrupted.cause());
            }
            if (stop.isRaised()) {
                return new Ended.Stopped();
            }
            awaitServer(lease, board, interrupted.cause());
            if (stop.await(backoff.delay(interruptions, random))) {
                return new Ended.Stopped();
            }
        }
    }

    /** Repeats something short against the database until the server lets it through. */
    <T> T persistently(Supplier<T> action, Lease lease, ProgressBoard board) {
        while (true) {
            try {
                return action.get();
            } catch (DataAccessException | TransactionException e) {
                if (SqlState.of(e) != SqlState.OUTAGE) {
                    throw e;
                }
                awaitServer(lease, board, e);
            }
        }
    }

    private void awaitServer(Lease lease, ProgressBoard board, Throwable cause) {
        long began = System.nanoTime();
        Throwable latest = cause;
        if (SqlState.of(cause) == SqlState.OUTAGE) {
            // Said before the first try: a pool may take seconds to find that there is no connection.
            board.waiting(AWAY, away(cause));
        }
        for (int attempt = 0;; attempt++) {
            try {
                if (!lease.isHeld()) {
                    throw new RunFailed(
                            RunFailed.Reason.BUSY,
                            "Another process has taken the change over. Leave it to that one.",
                            latest);
                }
                return;
            } catch (DataAccessException | TransactionException e) {
                latest = e;
            }
            Duration away = Duration.ofNanos(System.nanoTime() - began);
            if (away.compareTo(terms.outageGiveUp()) > 0) {
                throw new RunFailed(
                        RunFailed.Reason.UNREACHABLE,
                        "The server has been away for %d s: %s. Bring it back and run the change again; nothing is lost."
                                .formatted(away.toSeconds(), words(latest)),
                        latest);
            }
            board.waiting(AWAY, away(latest));
            if (stop.await(backoff.delay(attempt, random))) {
                throw new Stopped();
            }
        }
    }

    private static String away(Throwable error) {
        return "the server is away: " + words(error);
    }

    private static String words(Throwable error) {
        return SqlState.find(error)
                .map(Worker::innermost)
                .map(SqlState::message)
                .orElseGet(() -> String.valueOf(error.getMessage()));
    }

    /** The pool only says that it has no connection; the driver, beneath, says why. */
    private static SQLException innermost(SQLException error) {
        return error.getCause() instanceof SQLException cause ? innermost(cause) : error;
    }
}
