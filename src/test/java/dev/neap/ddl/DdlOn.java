package dev.neap.ddl;

import dev.neap.catalog.CatalogReader;
import dev.neap.catalog.Fact;
import dev.neap.jdbc.Transactions;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Turnstile;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.TestDatabase;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** An executor at work on table {@code public.t} of one database, in the background. */
final class DdlOn {

    static final QualifiedName TABLE = QualifiedName.of("public", "t");
    static final Duration LOCK_TIMEOUT = Duration.ofMillis(300);

    final StopFlag stop = new StopFlag();
    final List<String> waits = Collections.synchronizedList(new ArrayList<>());
    private final DdlExecutor executor;

    DdlOn(TestDatabase database) {
        this(database, new LockPolicy(LOCK_TIMEOUT, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    }

    DdlOn(TestDatabase database, LockPolicy policy) {
        this(database.dataSource(), policy);
    }

    /** As another role. */
    DdlOn(DataSource source, LockPolicy policy) {
        executor = new DdlExecutor(
                new Transactions(source),
                new CatalogReader(source),
                new ConcurrentIndexes(source, stop),
                policy,
                new Turnstile(stop));
    }

    static DdlStep addColumn(String column) {
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "add-column",
                "add column " + column,
                new Fact.HasColumn(new Identifier(column)),
                "ALTER TABLE public.t ADD COLUMN " + column + " text");
    }

    static DdlStep uniqueIndex(String index, String columns) {
        Identifier name = new Identifier(index);
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "create-index",
                "build unique index " + index,
                new Fact.HasValidIndex(name),
                "CREATE UNIQUE INDEX CONCURRENTLY " + index + " ON public.t (" + columns + ")")
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD)
                .concurrently(name);
    }

    DdlExecutor.Result execute(DdlStep step) {
        return executor.execute(TABLE, Statements.of(step), waits::add);
    }

    DdlExecutor.Result undo(Undo undo) {
        return executor.execute(TABLE, Statements.of(undo).getFirst(), waits::add);
    }

    /** The step in a thread of its own. */
    CompletableFuture<DdlExecutor.Result> begin(DdlStep step) {
        return Background.begin(() -> execute(step));
    }

    void awaitWaits(int count) {
        Await.until("the step has told " + count + " times why it waits", () -> waits.size() >= count);
    }

    /** What was thrown, within the time; fails if nothing was. */
    static Throwable failure(CompletableFuture<?> work, Duration within) {
        try {
            work.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException | CompletionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("It has not ended within " + within + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        throw new AssertionError("It succeeded.");
    }
}
