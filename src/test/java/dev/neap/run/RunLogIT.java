package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Snapshot;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.plan.Planner;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.step.BackfillStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunLogIT {

    private static final ChangeName CHANGE = new ChangeName("x");

    @ParameterizedTest
    @EnumSource
    void isEmptyWhereNeapNeverWorked(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            RunLog log = new RunLog(database.dataSource());
            assertThat(log.runs(10)).isEmpty();
            assertThat(log.latest()).isEmpty();
            assertThat(log.latest(CHANGE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatWasWritten(TestServer server) throws IOException {
        try (TestDatabase database = withSchema(server)) {
            database.execute("""
                    INSERT INTO neap.run (change, table_name, fingerprint, definition, snapshot, plan_fingerprint,
                                          neap_version, state, message)
                    VALUES ('x', 'public.t', 'f', 'd', '{}', 'p', '1', 'ROLLED_BACK', NULL),
                           ('y', 'public.t', 'f', 'd', '{}', 'p', '1', 'READY', NULL),
                           ('x', 'public.t', 'f', 'd', '{}', 'p', '1', 'RUNNING', 'because');
                    INSERT INTO neap.transition (run_id, from_state, to_state, reason, by)
                    VALUES (3, NULL, 'RUNNING', 'begun', 'me@here'), (3, 'RUNNING', 'STOPPED', NULL, 'me@here');
                    INSERT INTO neap.checkpoint (change, step, seq, visited, changed)
                    VALUES ('x', '10-verify', 1, 2, 3), ('x', '03-backfill', 4, 5, 6);
                    INSERT INTO neap.quarantine (change, step, key, sqlstate, message)
                    VALUES ('x', '03-backfill', '{1,a}', '22012', 'division by zero')""");
            RunLog log = new RunLog(database.dataSource());

            assertThat(log.runs(2)).extracting(run -> run.id().value()).containsExactly(3L, 2L);
            assertThat(log.latest()).extracting(run -> run.id().value()).containsExactly(3L, 2L);
            assertThat(log.runs(CHANGE)).extracting(Run::state).containsExactly(RunState.RUNNING, RunState.ROLLED_BACK);
            assertThat(log.latest(CHANGE).flatMap(Run::message)).contains("because");
            assertThat(log.moves(new RunId(3)))
                    .extracting(RunLog.Moved::from, RunLog.Moved::to, RunLog.Moved::by)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(Optional.empty(), RunState.RUNNING, "me@here"),
                            org.assertj.core.groups.Tuple.tuple(
                                    Optional.of(RunState.RUNNING), RunState.STOPPED, "me@here"));
            assertThat(log.progress(CHANGE))
                    .extracting(RunLog.StepProgress::step)
                    .containsExactly("03-backfill", "10-verify");
            assertThat(log.quarantined(CHANGE)).isEqualTo(1);
            assertThat(log.quarantined(CHANGE, 10)).singleElement().satisfies(row -> {
                assertThat(row.key()).isEqualTo(List.of("1", "a"));
                assertThat(row.sqlState()).isEqualTo("22012");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesAnOldHeartbeatForADeadProcess(TestServer server) throws IOException {
        try (TestDatabase database = withSchema(server)) {
            database.execute("""
                    INSERT INTO neap.lease (change, token, holder, host, pid, started, heartbeat_at, ttl)
                    VALUES ('x', gen_random_uuid(), 'me@here (1)', 'here', 1, 's', clock_timestamp(), '1 hour'),
                           ('y', gen_random_uuid(), 'me@here (2)', 'here', 2, 's',
                            clock_timestamp() - interval '16 s', '15 s')""");
            RunLog log = new RunLog(database.dataSource());
            assertThat(log.holder(CHANGE).map(RunLog.Holder::alive)).contains(true);
            assertThat(log.holder(new ChangeName("y")).map(RunLog.Holder::alive)).contains(false);
            assertThat(log.holder(new ChangeName("z"))).isEmpty();
        }
    }

    @Test
    void looksAheadByTheRowsOfTheTableThatAStepGoesOver() {
        try (TestDatabase database = TestDatabase.on(TestServer.NEWEST)) {
            database.execute(
                    "CREATE TABLE accounts (id int PRIMARY KEY)",
                    "CREATE TABLE cards (id int PRIMARY KEY, account int REFERENCES accounts)",
                    "INSERT INTO accounts SELECT generate_series(1, 10)",
                    "INSERT INTO cards SELECT i, 1 FROM generate_series(1, 500) i",
                    "ANALYZE accounts, cards");
            Change change = new ChangeReader()
                    .read("x.yaml", "change: x\ntable: public.accounts\noperations: [{widen_key: {column: id}}]")
                    .change();
            Snapshot snapshot = new Inspection(database.dataSource()).inspect(change);
            ToLongFunction<String> rows = PastWork.rows(change, snapshot);
            assertThat(Planner.plan(change, snapshot).steps())
                    .filteredOn(step -> step.step() instanceof BackfillStep)
                    .extracting(step -> rows.applyAsLong(step.id().value()))
                    .containsExactlyInAnyOrder(10L, 500L);
            assertThat(rows.applyAsLong("99-of-another-version")).isEqualTo(10);
        }
    }

    private static TestDatabase withSchema(TestServer server) throws IOException {
        try (InputStream script = RunLogIT.class.getResourceAsStream("/dev/neap/schema/V1__runs.sql")) {
            return TestDatabase.on(server)
                    .execute("CREATE SCHEMA neap", new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
