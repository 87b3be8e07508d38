package dev.neap.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProberIT {

    private static final QualifiedName USERS = QualifiedName.of("public", "users");
    private static final String TABLE = """
            CREATE TYPE mood AS ENUM ('low', 'high');
            CREATE DOMAIN small AS int CHECK (VALUE < 10);
            CREATE TABLE users (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              gone text,
              email text NOT NULL,
              n int,
              at timestamptz,
              feeling mood,
              place point,
              doc json,
              docs json[],
              area box,
              data jsonb
            );
            ALTER TABLE users DROP COLUMN gone;
            CREATE TABLE other (id bigint, email text);
            """;

    private static Probed probe(TestDatabase database, Probe... probes) {
        Table table = new CatalogReader(database.dataSource()).table(USERS).orElseThrow();
        return new Prober(database.dataSource()).probe(table, Arrays.asList(probes));
    }

    private static Probe expression(String sql) {
        return new Probe.Expression("at", sql, Optional.empty());
    }

    private static Probe expression(String target, String sql) {
        return new Probe.Expression("at", sql, Optional.of(new Identifier(target)));
    }

    private static ExpressionFacts facts(TestDatabase database, Probe probe) {
        Probed probed = probe(database, probe);
        assertThat(probed.complaints()).isEmpty();
        return probed.answers().expression("at");
    }

    private static Complaint complaint(TestDatabase database, Probe... probes) {
        List<Complaint> complaints = probe(database, probes).complaints();
        assertThat(complaints).hasSize(1);
        return complaints.getFirst();
    }

    @ParameterizedTest
    @EnumSource
    void knowsTypeAndColumnsOfAnExpression(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE);

            ExpressionFacts facts = facts(database, expression("lower(users.email) || n::text || email"));
            assertThat(facts.type()).isEqualTo("text");
            assertThat(facts.columns()).containsExactly(new Identifier("email"), new Identifier("n"));
            assertThat(facts.subquery()).isFalse();
            assertThat(facts.comparable()).isTrue();

            assertThat(facts(database, expression("feeling")).type()).isEqualTo("public.mood");
            assertThat(facts(database, expression("to_jsonb(users)")).columns()).hasSize(10);
            assertThat(facts(database, expression("data ? 'a' AND data @> '{\"b\": [1]}'")).columns())
                    .containsExactly(new Identifier("data"));
            ExpressionFacts subquery = facts(database,
                    expression("(SELECT max(o.email) FROM other o WHERE o.id = users.id)"));
            assertThat(subquery.subquery()).isTrue();
            assertThat(subquery.columns()).containsExactly(new Identifier("id"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsHowPredictableAnExpressionIs(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE, """
                    CREATE SEQUENCE numbers;
                    CREATE FUNCTION drawn(int) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT $1';
                    CREATE FUNCTION same(int, int) RETURNS boolean LANGUAGE sql VOLATILE AS 'SELECT $1 = $2';
                    CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = same);
                    CREATE AGGREGATE summed (int) (SFUNC = int4pl, STYPE = int);
                    """);
            assertVolatility(
                    database,
                    Volatility.IMMUTABLE,
                    "lower(trim(email))",
                    "n + 1",
                    "CASE n WHEN 1 THEN 2 ELSE greatest(n, 3) END",
                    "n BETWEEN 1 AND 3 OR n IN (1, 2, 3)",
                    "(n, 1) < (2, n)",
                    "coalesce(nullif(n, 2), 1)",
                    "'active'");
            assertVolatility(
                    database,
                    Volatility.STABLE,
                    "current_user",
                    "at::date",
                    "at::text",
                    "to_char(at, 'YYYY')",
                    "date_trunc('day', at)",
                    "at > '2020-01-01'::timestamptz + interval '1 day'");
            assertVolatility(
                    database,
                    Volatility.VOLATILE,
                    "now()",
                    "current_timestamp",
                    "current_date",
                    "random()",
                    "gen_random_uuid()",
                    "clock_timestamp()",
                    "nextval('numbers')",
                    "email || random()::text",
                    "n === 1",
                    "n === ANY (ARRAY[1, 2])",
                    "coalesce(n, drawn(1))",
                    "CASE WHEN n > 1 THEN drawn(n) END",
                    "(SELECT drawn(1))",
                    "ARRAY[n, drawn(2)]",
                    "(SELECT max(drawn(o.id::int)) FROM other o)",
                    "ctid");
        }
    }

    private static void assertVolatility(TestDatabase database, Volatility volatility, String... expressions) {
        for (String sql : expressions) {
            assertThat(facts(database, expression(sql)).volatility()).as(sql).isEqualTo(volatility);
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhichValuesCanBeToldApart(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE, """
                    CREATE EXTENSION citext;
                    CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                    ALTER TABLE users ADD COLUMN loose citext, ADD COLUMN seen text COLLATE blind;
                    """);
            for (String column : List.of("email", "n", "at", "feeling", "data")) {
                assertThat(facts(database, expression(column, column)).comparable()).as(column).isTrue();
            }
            for (String column : List.of("place", "doc", "docs", "area", "loose", "seen")) {
                assertThat(facts(database, expression(column, column)).comparable())
                        .as(column)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void complainsInPostgresWordsWithItsHint(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE);

            Complaint typo = complaint(database, expression("lower(emial)"));
            assertThat(typo.at()).isEqualTo("at");
            assertThat(typo.message())
                    .isEqualTo("PostgreSQL refuses the expression: column \"emial\" does not exist.");
            assertThat(typo.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("users.email"));

            assertThat(complaint(database, expression("n", "lower(email)")).message())
                    .contains("column \"n\" is of type integer but expression is of type text");
            assertThat(complaint(database, expression("feeling", "'medium'")).message())
                    .contains("invalid input value for enum");
            assertThat(complaint(database, expression("n", "1 / 0")).message()).contains("division by zero");
            assertThat(complaint(database, new Probe.Condition("at", "email")).message())
                    .contains("must be type boolean");
            assertThat(complaint(database, expression("max(n)")).message()).contains("aggregate");
            assertThat(complaint(database, expression("row_number() OVER ()")).message())
                    .contains("window function");
            assertThat(complaint(database, expression("generate_series(1, n)")).message())
                    .contains("returns a set");
            assertThat(complaint(database, expression("1); DROP TABLE users; SELECT (2")).message())
                    .contains("parenthesis");
            assertThat(complaint(database, expression("email AS a, n")).message()).contains("syntax error");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesALiteralAsItsTargetsType(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE);
            assertThat(facts(database, expression("feeling", "'high'")).volatility())
                    .isEqualTo(Volatility.IMMUTABLE);
            assertThat(facts(database, expression("at", "'2020-01-01'")).comparable()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsNewColumnsToTheProbesAfterThem(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE);
            Probed probed = probe(
                    database,
                    new Probe.NewColumn("type", new Identifier("new"), "varchar(20)"),
                    expression("new", "email || users.new"),
                    new Probe.NewIndex(
                            "index",
                            new Identifier("new_key"),
                            new IndexDefinition(true, List.of("new", "lower(email)"), Optional.empty(), List.of(),
                                    Optional.of("n > 0"))));
            assertThat(probed.complaints()).isEmpty();
            assertThat(probed.answers().type("type")).isEqualTo("character varying(20)");
            assertThat(probed.answers().expression("at").columns())
                    .containsExactly(new Identifier("email"), new Identifier("new"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhatRewritesTheTable(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE);
            assertThat(rewrites(database, "bigserial", null)).isTrue();
            assertThat(rewrites(database, "small", null)).isTrue();
            assertThat(rewrites(database, "numeric(10, 2)", null)).isFalse();
            assertThat(rewrites(database, "timestamptz", "now()")).isFalse();
            assertThat(rewrites(database, "text", "'x'")).isFalse();
            assertThat(rewrites(database, "uuid", "gen_random_uuid()")).isTrue();
            assertThat(rewrites(database, "timestamptz", "clock_timestamp()")).isTrue();
        }
    }

    private static boolean rewrites(
            TestDatabase database,
            String type,
            @Nullable String value) {
        Identifier column = new Identifier("new");
        Probed probed = probe(
                database,
                value == null
                        ? new Probe.NewColumn("at", column, type)
                        : new Probe.Default("at", column, type, value));
        assertThat(probed.complaints()).isEmpty();
        return probed.answers().rewrites("at");
    }

    @ParameterizedTest
    @EnumSource
    void refusesTypesAndDefaultsThatSayMore(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE);
            Identifier column = new Identifier("new");
            for (String type : List.of("txet", "text NOT NULL", "text, DROP COLUMN email", "text; SELECT 1", "")) {
                assertThat(probe(database, new Probe.NewColumn("at", column, type)).complaints())
                        .as(type)
                        .hasSize(1);
            }
            for (String value : List.of("1, DROP COLUMN email", "n + 1", "1 NOT NULL", "'x'::int")) {
                assertThat(probe(database, new Probe.Default("at", column, "int", value)).complaints())
                        .as(value)
                        .hasSize(1);
            }
        }
    }

    @Test
    void complainsOnceAboutAColumnThatCouldNotBeAdded() {
        try (TestDatabase database = TestDatabase.on(TestServer.NEWEST)) {
            database.execute(TABLE);
            assertThat(complaint(
                    database,
                    new Probe.NewColumn("type", new Identifier("fresh"), "txet"),
                    expression("fresh", "lower(email)"))
                    .at())
                    .isEqualTo("type");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesIndexesThatCannotBeBuilt(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE);
            assertThat(complaint(database, index("users_pkey", "email")).message())
                    .isEqualTo("Schema public already has a relation users_pkey.");
            assertThat(complaint(database, index("a", "emial")).message()).contains("emial");
            assertThat(complaint(database, index("a", "doc")).message()).contains("operator class");
            assertThat(complaint(database, index("a", "(at::date)")).message()).contains("IMMUTABLE");
            assertThat(complaint(database, index("a", "email"), index("a", "n")).message())
                    .contains("already has a relation a");
        }
    }

    private static Probe index(String name, String element) {
        return new Probe.NewIndex(
                "at",
                new Identifier(name),
                new IndexDefinition(false, List.of(element), Optional.empty(), List.of(), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingBehind(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE, "INSERT INTO users (email) VALUES ('a')");
            String catalog = "SELECT count(*) FROM pg_class";
            long before = database.one(Long.class, catalog);
            probe(database, new Probe.NewColumn("a", new Identifier("new"), "text"), expression("emial"));
            assertThat(database.one(Long.class, catalog)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksBesideAWriterAndWithoutOwningTheTable(TestServer server) throws SQLException {
        try (TestDatabase database = TestDatabase.on(server)) {
            String role = database.newRole();
            database.execute(TABLE, "GRANT SELECT ON users TO " + role);
            Table table = new CatalogReader(database.dataSource()).table(USERS).orElseThrow();
            try (Connection writer = database.connect();
                    Statement statement = writer.createStatement()) {
                writer.setAutoCommit(false);
                // Conflicts with everything but ACCESS SHARE.
                statement.execute("LOCK TABLE users IN EXCLUSIVE MODE");
                Probed probed = new Prober(database.dataSource(role)).probe(table, List.of(expression("lower(email)")));
                assertThat(probed.complaints()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhichRightIsMissing(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            String role = database.newRole();
            database.execute(TABLE, "GRANT SELECT ON users TO " + role,
                    "REVOKE TEMPORARY ON DATABASE " + database.name() + " FROM PUBLIC");
            Table table = new CatalogReader(database.dataSource()).table(USERS).orElseThrow();

            List<Complaint> complaints = new Prober(database.dataSource(role))
                    .probe(table, List.of(expression("email")))
                    .complaints();

            assertThat(complaints).singleElement().satisfies(complaint -> {
                assertThat(complaint.message()).contains("permission denied to create temporary tables");
                assertThat(complaint.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("TEMPORARY"));
            });
        }
    }

    @Test
    void throwsWhenTheTableStaysLocked() throws SQLException {
        try (TestDatabase database = TestDatabase.on(TestServer.NEWEST)) {
            database.execute(TABLE);
            Table table = new CatalogReader(database.dataSource()).table(USERS).orElseThrow();
            try (Connection blocker = database.connect();
                    Statement statement = blocker.createStatement()) {
                blocker.setAutoCommit(false);
                statement.execute("LOCK TABLE users");
                Prober prober = new Prober(database.dataSource());
                assertThatThrownBy(() -> prober.probe(table, List.of()))
                        .hasMessageContaining("lock timeout");
            }
        }
    }
}
