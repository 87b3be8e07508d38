package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.catalog.ServerVersion;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.Fingerprint;
import dev.neap.change.PaceOptions;
import dev.neap.jdbc.Backoff;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Stopped;
import dev.neap.plan.Ground;
import dev.neap.plan.Plan;
import dev.neap.plan.Walk;
import dev.neap.run.Engine.Assignment;
import dev.neap.run.Engine.Ended;
import dev.neap.sql.QualifiedName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;

class WorkerTest {

    private static final Ended OUTAGE = new Ended.Interrupted(away());
    private static final Ended CONFLICT = new Ended.Interrupted(
            new OptimisticLockingFailureException("someone else wrote it"));

    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    private final StopFlag stop = new StopFlag();
    private final List<String> waits = new ArrayList<>();
    private final Deque<Ended> script = new ArrayDeque<>();
    private int executions;

    @Test
    void goesOnAfterAnyNumberOfOutages() {
        for (int i = 0; i < 20; i++) {
            script.add(OUTAGE);
        }
        script.add(new Ended.Done());

        assertThat(work(() -> true)).isEqualTo(new Ended.Done());
        assertThat(executions).isEqualTo(21);
        assertThat(waits).hasSize(20).containsOnly("the server is away: terminating connection");
    }

    @Test
    void losesItsPatienceWithInterruptionsThatAreNoOutage() {
        for (int i = 0; i < 20; i++) {
            script.add(CONFLICT);
        }

        assertThat(work(() -> true)).isInstanceOf(Ended.Failed.class);
        assertThat(executions).isEqualTo(6);
        assertThat(waits).isEmpty();
    }

    @Test
    void asksUntilTheServerAnswers() {
        script.addAll(List.of(OUTAGE, new Ended.Done()));
        Deque<Boolean> answers = new ArrayDeque<>(List.of(false, true));

        assertThat(work(() -> {
            if (!answers.remove()) {
                throw away();
            }
            return true;
        }))
                .isEqualTo(new Ended.Done());
        assertThat(answers).isEmpty();
    }

    @Test
    void givesUpWhenTheServerStaysAway() {
        script.add(OUTAGE);

        assertThatExceptionOfType(RunFailed.class)
                .isThrownBy(() -> work(() -> {
                    throw away();
                }))
                .withMessageContaining("The server has been away for 0 s: terminating connection.")
                .extracting(RunFailed::reason)
                .isEqualTo(RunFailed.Reason.UNREACHABLE);
    }

    @Test
    void leavesTheChangeToWhoeverHasTakenItOver() {
        script.add(CONFLICT);

        assertThatExceptionOfType(RunFailed.class)
                .isThrownBy(() -> work(() -> false))
                .extracting(RunFailed::reason)
                .isEqualTo(RunFailed.Reason.BUSY);
        assertThat(executions).isEqualTo(1);
    }

    @Test
    void stopsInsteadOfGoingOnOnceItWasAskedTo() {
        script.add(OUTAGE);
        stop.raise();

        assertThat(work(() -> true)).isEqualTo(new Ended.Stopped());
    }

    @Test
    void stopsWhileTheServerIsAway() {
        script.add(OUTAGE);

        assertThatExceptionOfType(Stopped.class).isThrownBy(() -> worker(Duration.ofHours(1))
                .work(assignment(), () -> {
                    stop.raise();
                    throw away();
                }, board()));
    }

    @Test
    void repeatsAShortActionThroughAnOutageOnly() {
        Deque<DataAccessException> failures = new ArrayDeque<>(List.of(away(), away()));
        assertThat(worker(Duration.ofMinutes(1))
                .persistently(
                        () -> {
                            if (!failures.isEmpty()) {
                                throw failures.remove();
                            }
                            return "done";
                        },
                        () -> true,
                        board()))
                .isEqualTo("done");
        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> worker(Duration.ofMinutes(1))
                        .persistently(
                                () -> {
                                    throw new OptimisticLockingFailureException("x");
                                },
                                () -> true,
                                board()));
    }

    private Ended work(Lease lease) {
        return worker(Duration.ofMillis(300)).work(assignment(), lease, board());
    }

    private Worker worker(Duration outageGiveUp) {
        Engine engine = (assignment, board) -> {
            executions++;
            return script.remove();
        };
        return new Worker(engine, stop, new RunTerms(Duration.ofSeconds(15), outageGiveUp, "1"), SHORT);
    }

    private ProgressBoard board() {
        return new ProgressBoard(
                new Watcher() {
                    @Override
                    public void progress(Progress progress) {
                        progress.waiting().ifPresent(waits::add);
                    }

                    @Override
                    public void event(String line) {}
                },
                InstantSource.system());
    }

    private static DataAccessException away() {
        return new DataAccessResourceFailureException("x", new SQLException("terminating connection", "57P01"));
    }

    private static Assignment assignment() {
        ChangeName name = new ChangeName("x");
        QualifiedName table = QualifiedName.of("public", "t");
        Fingerprint any = Fingerprint.ofText("");
        Instant now = Instant.EPOCH;
        Run run = new Run(
                new RunId(1), name, table.sql(), any, "", "", any, "1", RunState.RUNNING, Optional.empty(), now, now);
        Plan plan = new Plan(
                new Change(name, table, List.of(), List.of(), BackfillOptions.none(), PaceOptions.none()),
                new Ground(
                        new Table(
                                table,
                                1,
                                Table.Kind.ORDINARY,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                new Table.Shape(0, 0, 0),
                                new ServerVersion(180_000)),
                        new Walk.ByBlock("no row is visited")),
                List.of());
        return new Assignment(run, plan, Goal.RUN, new UUID(0, 1), Optional.empty());
    }
}
