package dev.neap.ddl;

import dev.neap.catalog.CatalogReader;
import dev.neap.catalog.Fact;
import dev.neap.jdbc.SqlState;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Stopped;
import dev.neap.pace.Turnstile;
import dev.neap.pace.Verdict;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.RelationLock;
import dev.neap.step.Work;
import dev.neap.trace.Photograph;
import dev.neap.trace.Tracer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Carries out DDL without making waves: asks the catalog whether there is anything to do, tries under a short
 * lock_timeout, and if the lock is not granted steps back, so that the queue behind it drains, and tries again.
 */
public final class DdlExecutor {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** What became of a step. */
    public enum Result {
        DONE,
        /** The catalog said that it was done already. */
        FOUND_DONE
    }

    private final Transactions transactions;
    private final CatalogSight sight;
    private final ConcurrentIndexes concurrent;
    private final LockPolicy policy;
    private final Turnstile turnstile;
    private final StopFlag stop;
    private final CancelOnStop cancelOnStop;
    private final OffenderSearch search;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /** @param turnstile every try goes through it */
    public DdlExecutor(
            Transactions transactions,
            CatalogReader catalog,
            ConcurrentIndexes concurrent,
            LockPolicy policy,
            Turnstile turnstile) {
        this.transactions = transactions;
        this.sight = new CatalogSight(transactions, catalog, policy.lockTimeout());
        this.concurrent = concurrent;
        this.policy = policy;
        this.turnstile = turnstile;
        this.stop = turnstile.stop();
        this.cancelOnStop = new CancelOnStop(stop);
        this.search = new OffenderSearch(transactions, cancelOnStop, policy.lockTimeout());
    }

    /**
     * @param waiting is told why nothing moves; called from this thread
     * @throws DdlFailed if the step can't be done, or its lock was not granted in {@link LockPolicy#giveUpAfter()}
     * @throws Stopped if asked to stop while waiting
     * @throws DataAccessException if the server is away
     */
    public Result execute(QualifiedName name, Statements statements, Consumer<String> waiting) {
        return execute(name, statements, jdbc -> {}, Optional::empty, waiting);
    }

    /**
     * The same, unless somebody else has taken the work over.
     *
     * @param fence asked on the connection that is about to change something, within its transaction where there is a
     *     short one; throws if this process must not go on
     * @param closed asked before each try: why it may not begin now; time spent waiting for that is no trying
     */
    public Result execute(
            QualifiedName name,
            Statements statements,
            Consumer<JdbcClient> fence,
            Supplier<Optional<String>> closed,
            Consumer<String> waiting) {
        long began = System.nanoTime();
        Duration held = Duration.ZERO;
        List<String> vacuumed = List.of();
        for (int tries = 0;; tries++) {
            held = held.plus(awaitOpening(closed, waiting));
            switch (entered(name, statements, fence, new Try(tries, vacuumed), waiting)) {
                case Attempt.Ended ended -> {
                    return tries == 0 ? ended.result() : Result.DONE;
                }
                case Attempt.Blocked blocked -> {
                    Duration waited = since(began).minus(held);
                    if (waited.compareTo(policy.giveUpAfter()) > 0) {
                        throw Failures.notGranted(name, statements, tries + 1, waited, blocked.by());
                    }
                    vacuumed = blocked.vacuumed();
                    waiting.accept("to " + statements.title() + ": " + blocked.by());
                    if (stop.await(policy.backoff().delay(tries, random))) {
                        throw new Stopped();
                    }
                }
            }
        }
    }

    /**
     * Comes in.
     *
     * @return for how long it was closed
     */
    private Duration awaitOpening(Supplier<Optional<String>> closed, Consumer<String> waiting) {
        long began = System.nanoTime();
        for (int looks = 0;; looks++) {
            if (stop.isRaised()) {
                throw new Stopped();
            }
            // What is paused is asked last: from then on nobody counts this run as resting.
            Optional<String> reason = closed.get()
                    .or(() -> turnstile.enter().map(Verdict.Hold::reason));
            if (reason.isEmpty()) {
                return looks == 0 ? Duration.ZERO : since(began);
            }
            waiting.accept(reason.get());
            if (stop.await(LOOK_AGAIN)) {
                throw new Stopped();
            }
        }
    }

    /** Why nothing may begin, as long as somebody wants the run to rest. */
    public Optional<Verdict.Hold> paused() {
        return turnstile.hold();
    }

    /** Whether the catalog says so now; no fact about a table holds that is not there. */
    public boolean holds(QualifiedName name, Fact fact) {
        try {
            return fact.holds(sight.of(name));
        } catch (TableGone gone) {
            return false;
        }
    }

    /** What one try came to. */
    private sealed interface Attempt {

        record Ended(Result result) implements Attempt {}

        /**
         * Something stood in the way, which may go.
         *
         * @param vacuumed see {@link Try}
         */
        record Blocked(String by, List<String> vacuumed) implements Attempt {}
    }

    /**
     * @param number from 0
     * @param vacuumed the relations that an autovacuum was found at
     */
    private record Try(int number, List<String> vacuumed) {}

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Attempt entered(
            QualifiedName name,
            Statements statements,
            Consumer<JdbcClient> fence,
            Try now,
            Consumer<String> waiting) {
        try {
            return attempt(name, statements, fence, now, waiting);
        } finally {
            turnstile.leave();
        }
    }

    private Attempt attempt(
            QualifiedName name,
            Statements statements,
            Consumer<JdbcClient> fence,
            Try now,
            Consumer<String> waiting) {
        long began = System.nanoTime();
        try {
            // Even the catalog can't always be read at once: whoever holds the table exclusively is waited for too.
            if (statements.doneWhen().holds(sight.of(name))) {
                return new Attempt.Ended(Result.FOUND_DONE);
            }
            if (now.number() == 0) {
                search.find(statements, OffenderSearch.BEFORE).ifPresent(rows -> {
                    throw Failures.foreseen(name, statements, rows);
                });
            }
            if (!isShort(statements)) {
                // Its transaction may take hours, or there is none: the lease's heart must be able to beat meanwhile.
                fence.accept(transactions.jdbc());
            }
            began = System.nanoTime();
            Optional<String> obstacle = switch (statements.conduct()) {
                case TRANSACTION -> inTransaction(name, statements, fence, now);
                case CONCURRENT -> concurrent.run(name, statements, policy.concurrentWait(), waiting);
            };
            return obstacle.<Attempt>map(by -> new Attempt.Blocked(by, List.of()))
                    .orElseGet(() -> new Attempt.Ended(Result.DONE));
        } catch (DataAccessException e) {
            SQLException error = SqlState.find(e).orElseThrow(() -> e);
            return switch (SqlState.of(error)) {
                case CONTENTION -> {
                    if (stop.isRaised()) {
                        throw new Stopped();
                    }
                    if (wasCutOff(statements, error, since(began))) {
                        throw Failures.cutOff(name, statements, e);
                    }
                    yield blocked(relations(name, statements), error);
                }
                case OUTAGE -> throw e;
                case DATA, OTHER ->
                    throw Failures.refused(
                            name, statements, error, search.find(statements, OffenderSearch.AFTER), e);
            };
        }
    }

    private Attempt.Blocked blocked(List<QualifiedName> relations, SQLException error) {
        JdbcClient jdbc = transactions.jdbc();
        return new Attempt.Blocked(LockHolders.describe(jdbc, relations, error), PastAutovacuum.on(jdbc, relations));
    }

    private static List<QualifiedName> relations(QualifiedName name, Statements statements) {
        return Stream.concat(Stream.of(name), statements.others().stream().map(RelationLock::relation))
                .distinct()
                .toList();
    }

    /** Its lock_timeout is the shorter one: a statement that met its statement_timeout had the lock, and worked. */
    private boolean wasCutOff(Statements statements, SQLException error, Duration took) {
        return statements.conduct() == Conduct.TRANSACTION
                && statements.most() == Work.CATALOG
                && "57014".equals(error.getSQLState())
                && took.compareTo(policy.catalogStatementTimeout()) >= 0;
    }

    private static boolean isShort(Statements statements) {
        return statements.conduct() == Conduct.TRANSACTION && statements.most() == Work.CATALOG;
    }

    /** What it really did is read again before it commits, so that a plan that is wrong does no more than waste a try. */
    private Optional<String> inTransaction(
            QualifiedName name,
            Statements statements,
            Consumer<JdbcClient> fence,
            Try now) {
        Settings settings = Settings.none().lockTimeout(policy.lockTimeout());
        settings = settings.statementTimeout(
                statements.most() == Work.CATALOG ? policy.catalogStatementTimeout() : Duration.ZERO);
        transactions.in(settings, jdbc -> {
            // Before the fence, which nobody else gets past meanwhile.
            PastAutovacuum.keepOut(jdbc, now.vacuumed());
            Photograph before = Tracer.photograph(jdbc);
            if (isShort(statements)) {
                fence.accept(jdbc);
            }
            FirstLock.take(jdbc, FirstLock.of(name, statements), now.number(), policy.lockTimeout());
            statements.sql().forEach(sql -> {
                if (statements.most() == Work.CATALOG) {
                    transactions.execute(sql);
                } else {
                    cancelOnStop.execute(transactions, sql);
                }
            });
            AsPlanned.check(name, statements, Tracer.footprint(jdbc, before));
            return true;
        });
        return Optional.empty();
    }
}
