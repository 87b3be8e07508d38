package dev.neap.scenario;

import dev.neap.catalog.CatalogReader;
import dev.neap.ddl.ConcurrentIndexes;
import dev.neap.ddl.DdlExecutor;
import dev.neap.ddl.LockPolicy;
import dev.neap.ddl.Statements;
import dev.neap.jdbc.SqlState;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Turnstile;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.postgres.TestDatabase;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.RowStatement;
import dev.neap.step.RowWork;
import dev.neap.trace.Comparison;
import dev.neap.trace.Footprint;
import dev.neap.trace.Mismatch;
import dev.neap.trace.Photograph;
import dev.neap.trace.Prediction;
import dev.neap.trace.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;

/** Carries out a plan without Spring Batch, and compares each step in a transaction with what the plan says of it. */
final class Predictions {

    private final Plan plan;
    private final Transactions transactions;
    private final DdlExecutor executor;
    private final List<String> wrong = new ArrayList<>();
    private int compared;

    Predictions(TestDatabase db, Plan plan) {
        this.plan = plan;
        this.transactions = new Transactions(db.dataSource());
        StopFlag stop = new StopFlag();
        this.executor = new DdlExecutor(
                transactions,
                new CatalogReader(db.dataSource()),
                new ConcurrentIndexes(db.dataSource(), stop),
                new LockPolicy(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                new Turnstile(stop));
    }

    /** What was found, a line each. */
    List<String> wrong() {
        return wrong;
    }

    /** How many steps and undoings were compared. */
    int compared() {
        return compared;
    }

    /** Up to the gate, back, there again, and through the contract. */
    void thereAndBackAndThrough() {
        plan.beforeGate().forEach(this::step);
        for (PlannedStep planned : plan.undoable()) {
            List<Statements> undo = Statements.of(((DdlStep) planned.step()).undo().orElseThrow());
            if (!executor.holds(planned.ground().table().name(), undo.getLast().doneWhen())) {
                undo.forEach(statements -> run(planned, statements));
            }
        }
        plan.beforeGate().forEach(this::step);
        plan.afterGate().forEach(this::step);
    }

    private void step(PlannedStep planned) {
        if (planned.step() instanceof DdlStep ddl) {
            run(planned, Statements.of(ddl));
        } else if (planned.step() instanceof BackfillStep backfill && !(backfill.work() instanceof RowWork.Transform)) {
            RowStatement statement = RowStatement.of(backfill.work(), planned.ground().table().name());
            transactions.execute(
                    statement.head() + "\nWHERE " + backfill.pending().orElse("true") + statement.tail());
        }
    }

    private void run(PlannedStep planned, Statements statements) {
        QualifiedName table = statements.on().orElse(planned.ground().table().name());
        if (executor.holds(table, statements.doneWhen())) {
            return;
        }
        if (statements.conduct() == Conduct.CONCURRENT) {
            DdlExecutor.Result unused = executor.execute(table, statements, waits -> {});
            return;
        }
        Footprint footprint = traced(statements);
        compared++;
        Prediction said = new Prediction(table, statements.lock(), statements.work(), statements.others());
        Stream<Mismatch> overstated = Comparison.overstated(footprint, said)
                .stream()
                .filter(mismatch -> !mayReadWithoutAScan(statements));
        Stream.concat(Comparison.beyond(footprint, said).stream(), overstated)
                .map(Mismatch::fact)
                .map(fact -> "%s, to %s: %s".formatted(planned.id(), statements.title(), fact))
                .forEach(wrong::add);
    }

    /** ANALYZE reads a sample, and a foreign key may be proved by the indexes of both tables: those count as no scan. */
    private static boolean mayReadWithoutAScan(Statements statements) {
        return statements.sql().stream().anyMatch(sql -> sql.startsWith("ANALYZE"))
                || statements.title().startsWith("prove foreign key ") || statements.title().startsWith("prove it ");
    }

    /** Autovacuum may be at work on a table that a step asks for without waiting: tried again then, as a run does. */
    private Footprint traced(Statements statements) {
        for (int tries = 1;; tries++) {
            try {
                return transactions.in(Settings.none(), jdbc -> {
                    Photograph before = Tracer.photograph(jdbc);
                    statements.sql().forEach(transactions::execute);
                    return Tracer.footprint(jdbc, before);
                });
            } catch (DataAccessException e) {
                if (tries == 50 || SqlState.find(e).filter(error -> "55P03".equals(error.getSQLState())).isEmpty()) {
                    throw e;
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }
}
