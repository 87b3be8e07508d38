package dev.neap.ddl;

import dev.neap.catalog.CatalogReader;
import dev.neap.catalog.Lookup;
import dev.neap.catalog.Table;
import dev.neap.jdbc.SqlState;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Stopped;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.dao.DataAccessException;

/**
 * Carries out DDL without making waves: asks the catalog whether there is anything to do, tries under a short
 * lock_timeout, and if the lock is not granted steps back, so that the queue behind it drains, and tries again.
 */
public final class DdlExecutor {

    /** What became of a step. */
    public enum Result {
        DONE,
        /** The catalog said that it was done already. */
        FOUND_DONE
    }

    private final Transactions transactions;
    private final CatalogReader catalog;
    private final ConcurrentIndexes concurrent;
    private final LockPolicy policy;
    private final StopFlag stop;
    private final CancelOnStop cancelOnStop;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public DdlExecutor(
            Transactions transactions,
            CatalogReader catalog,
            ConcurrentIndexes concurrent,
            LockPolicy policy,
            StopFlag stop) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.concurrent = concurrent;
        this.policy = policy;
        this.stop = stop;
        this.cancelOnStop = new CancelOnStop(stop);
    }

    /**
     * @param waiting is told why nothing moves; called from this thread
     * @throws DdlFailed if the step can't be done, or its lock was not granted in {@link LockPolicy#giveUpAfter()}
     * @throws Stopped if asked to stop while waiting
     * @throws DataAccessException if the server is away
     */
    public Result execute(QualifiedName name, Statements statements, Consumer<String> waiting) {
        long began = System.nanoTime();
        for (int attempt = 0;; attempt++) {
            if (stop.isRaised()) {
                throw new Stopped();
            }
            if (statements.doneWhen().holds(read(name))) {
                return attempt == 0 ? Result.FOUND_DONE : Result.DONE;
            }
            Optional<String> obstacle = attempt(name, statements);
            if (obstacle.isEmpty()) {
                return Result.DONE;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (waited.compareTo(policy.giveUpAfter()) > 0) {
                throw new DdlFailed(
                        ("To %s needs a %s lock on table %s, which was not granted in %d tries over %s: %s. End the"
                                + " sessions that hold it, or choose a quieter hour, and run the change again.")
                                .formatted(
                                        statements.title(),
                                        statements.lock().sql(),
                                        name,
                                        attempt + 1,
                                        Durations.words(waited),
                                        obstacle.get()));
            }
            waiting.accept("to " + statements.title() + ": " + obstacle.get());
            if (stop.await(policy.backoff().delay(attempt, random))) {
                throw new Stopped();
            }
        }
    }

    private Table read(QualifiedName name) {
        return switch (catalog.lookup(name)) {
            case Lookup.Found found -> found.table();
            case Lookup.NotATable not ->
                throw new DdlFailed("%s is %s now, no table. Restore the table, or roll the change back."
                        .formatted(name, not.words()));
            case Lookup.Missing missing ->
                throw new DdlFailed("Table %s is gone. Restore it, or end the change by hand.".formatted(name));
        };
    }

    /** Empty if it was done; otherwise what stood in the way. */
    private Optional<String> attempt(QualifiedName name, Statements statements) {
        try {
            return switch (statements.conduct()) {
                case TRANSACTION -> inTransaction(statements);
                case CONCURRENT -> concurrent.run(name, statements, policy.concurrentWait());
            };
        } catch (DataAccessException e) {
            SQLException error = SqlState.find(e).orElseThrow(() -> e);
            return switch (SqlState.of(error)) {
                case CONTENTION -> {
                    if (stop.isRaised()) {
                        throw new Stopped();
                    }
                    yield Optional.of(LockHolders.describe(transactions.jdbc(), name, error));
                }
                case OUTAGE -> throw e;
                case DATA, OTHER ->
                    throw new DdlFailed(
                            "PostgreSQL refused to %s on table %s: %s (SQLSTATE %s).%s"
                                    .formatted(
                                            statements.title(),
                                            name,
                                            SqlState.message(error),
                                            error.getSQLState(),
                                            Remedies.of(error)),
                            e);
            };
        }
    }

    private Optional<String> inTransaction(Statements statements) {
        Settings settings = Settings.none().lockTimeout(policy.lockTimeout());
        settings = settings.statementTimeout(
                statements.work() == Work.CATALOG ? policy.catalogStatementTimeout() : Duration.ZERO);
        transactions.in(settings, jdbc -> {
            statements.sql().forEach(sql -> {
                if (statements.work() == Work.CATALOG) {
                    transactions.execute(sql);
                } else {
                    cancelOnStop.execute(transactions, sql);
                }
            });
            return true;
        });
        return Optional.empty();
    }

}
