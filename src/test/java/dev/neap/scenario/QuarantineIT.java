package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows whose data does not fit, where the comparison fails on them as the computation does. */
class QuarantineIT {

    private static final String NUMBERS = """
            change: code-number
            table: public.parts
            operations:
              - add_column: {name: code_number, type: integer, from: "code::integer"}
            backfill: {max_quarantined: %d}
            """;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void leavesRowsSetAsideAloneWhenItVerifies(TestServer server) throws Exception {
        try (TestDatabase db = parts(server);
                InProcess neap = InProcess.on(db)) {
            Outcome outcome = neap.runs().run(InProcess.change(NUMBERS.formatted(20)), neap.watcher());
            assertThat(outcome.state()).isEqualTo(RunState.READY);
            assertThat(db.one(Long.class, "SELECT count(*) FROM neap.quarantine")).isEqualTo(20);
            assertThat(db.one(Long.class, "SELECT count(*) FROM parts WHERE code_number IS NULL")).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void namesTheRowThatIsOneTooMany(TestServer server) throws Exception {
        try (TestDatabase db = parts(server);
                InProcess neap = InProcess.on(db)) {
            assertThatThrownBy(() -> neap.runs().run(InProcess.change(NUMBERS.formatted(19)), neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("key 20000 of table public.parts");
        }
    }

    private static TestDatabase parts(TestServer server) {
        return TestDatabase.on(server)
                .execute("CREATE TABLE parts (id int PRIMARY KEY, code text)")
                .execute("INSERT INTO parts SELECT i, CASE WHEN i % 1000 = 0 THEN 'x' ELSE i::text END"
                        + " FROM generate_series(1, 20000) i")
                .execute("ANALYZE parts");
    }
}
