package dev.neap.preflight.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Answers;
import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.CatalogReader;
import dev.neap.catalog.Snapshot;
import dev.neap.change.BackfillOptions;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.PaceOptions;
import dev.neap.change.operation.AddColumn;
import dev.neap.plan.Plan;
import dev.neap.plan.Planner;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.preflight.estimate.Estimate.Basis;
import dev.neap.preflight.estimate.SampleEstimate.Result;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleEstimateIT {

    private static final QualifiedName PEOPLE = QualifiedName.of("public", "Some People");

    @ParameterizedTest
    @EnumSource
    void measuresACopyAndLeavesNothing(TestServer server) {
        try (TestDatabase database = people(server, 40_000)) {
            Result result = SampleEstimate.of(database.dataSource(), plan(database, "lower(trim(email))"));
            assertThat(result).isInstanceOfSatisfying(Result.Done.class, done -> {
                Estimate estimate = done.estimate();
                assertThat(estimate.basis()).isEqualTo(Basis.SAMPLE);
                assertThat(estimate.rows().low()).isBetween(39_000L, 41_000L);
                assertThat(estimate.wal().low()).isGreaterThan(1_000_000);
                assertThat(estimate.growth().high()).isGreaterThan(100_000);
                assertThat(estimate.time().high()).isPositive();
            });
            assertThat(database.one(Long.class, "SELECT count(*) FROM pg_class WHERE relname LIKE 'neap\\_sample%'"))
                    .isZero();
            assertThat(database.one(Long.class, "SELECT count(*) FROM pg_attribute WHERE attname = 'normal'"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsMissingWhereItMayNotCreate(TestServer server) {
        try (TestDatabase database = people(server, 10)) {
            String role = database.newRole();
            database.execute("REVOKE CREATE ON SCHEMA public FROM public",
                    "ALTER TABLE \"Some People\" OWNER TO " + role);
            assertThat(SampleEstimate.of(database.dataSource(role), plan(database, "lower(email)")))
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> assertThat(failed.remedy()).contains("GRANT CREATE ON SCHEMA public"));
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheDataDoesNotFit(TestServer server) {
        try (TestDatabase database = people(server, 10)) {
            assertThat(SampleEstimate.of(database.dataSource(), plan(database, "(email::int)::text")))
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> assertThat(failed.fact()).contains("invalid input syntax for type integer"));
        }
    }

    private static TestDatabase people(TestServer server, int rows) {
        return TestDatabase.on(server)
                .execute(
                        """
                                CREATE TABLE "Some People" (
                                  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                  email text NOT NULL,
                                  size int GENERATED ALWAYS AS (length(email)) STORED)""",
                        ("INSERT INTO \"Some People\" (email) SELECT ' U' || g || '@Example.org' FROM "
                                + "generate_series(1, %d) g")
                                .formatted(rows),
                        "ANALYZE \"Some People\"");
    }

    private static Plan plan(TestDatabase database, String from) {
        String at = "operations[0].add_column";
        Answers answers = new Answers(
                Map.of(at + ".type", "text"),
                Map.of(
                        at + ".from",
                        new ExpressionFacts("text", List.of(Identifier.of("email")), Volatility.IMMUTABLE, false,
                                true)),
                Map.of(at + ".type", false),
                Map.of());
        Change change = new Change(
                new ChangeName("normalize"),
                PEOPLE,
                List.of(new AddColumn(Identifier.of("normal"), "text", Optional.empty(), Optional.of(from), false)),
                List.of(),
                BackfillOptions.none(),
                PaceOptions.none());
        return Planner.plan(
                change,
                new Snapshot(new CatalogReader(database.dataSource()).table(PEOPLE).orElseThrow(), answers));
    }
}
