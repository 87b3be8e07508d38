package dev.neap.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which changes of type PostgreSQL does at once. */
class DirectRetypeIT {

    /** @param expected {@code no}, {@code there} or {@code and back} */
    private record Case(String column, String type, String using, String reverse, String expected) {}

    private static final List<Case> CASES = List.of(
            new Case("c10", "varchar(20)", "", "", "there"),
            new Case("c10", "text", "", "", "there"),
            new Case("c10", "varchar(5)", "", "", "no"),
            new Case("c", "text", "", "", "and back"),
            new Case("c", "text", "lower(c)", "c", "no"),
            new Case("checked", "varchar", "", "", "no"),
            new Case("num", "numeric(12,2)", "", "", "there"),
            new Case("num", "numeric(12,3)", "", "", "no"),
            new Case("num", "numeric", "", "", "there"),
            new Case("i", "bigint", "", "", "no"),
            new Case("net", "inet", "", "net::cidr", "there"),
            new Case("doc", "json", "", "", "no"),
            new Case("seen", "timestamptz", "seen AT TIME ZONE 'UTC'", "seen AT TIME ZONE 'UTC'", "and back"),
            new Case("seen", "timestamptz", "seen AT TIME ZONE 'CET'", "seen AT TIME ZONE 'CET'", "no"),
            new Case("indexed", "timestamptz", "indexed AT TIME ZONE 'UTC'", "indexed AT TIME ZONE 'UTC'", "no"),
            new Case("parent", "varchar(9)", "", "", "no"));

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void asksPostgresWhatTouchesTheCatalogOnly(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute(
                    """
                            CREATE TABLE parents (c varchar(5) PRIMARY KEY);
                            CREATE TABLE t (id int PRIMARY KEY, c10 varchar(10) UNIQUE, c varchar, checked text CHECK (checked <> ''),
                              num numeric(10,2), i int, net cidr, doc jsonb, seen timestamp, indexed timestamp, parent varchar(5) REFERENCES parents);
                            CREATE INDEX ON t (c);
                            CREATE INDEX ON t (indexed)""");
            Table table = new CatalogReader(db.dataSource()).table(QualifiedName.of("public", "t")).orElseThrow();
            for (Case asked : CASES) {
                Probed probed = new Prober(db.dataSource()).probe(table, List.of(probe(asked)));
                assertThat(probed.complaints()).as(asked.toString()).isEmpty();
                assertThat(words(probed.answers().retyped("at"))).as(asked.toString()).isEqualTo(asked.expected());
            }
        }
    }

    private static Probe probe(Case asked) {
        return new Probe.Retype(
                "at",
                new Identifier(asked.column()),
                new Probe.NewType(
                        asked.type(), Optional.empty(), given(asked.using()), given(asked.reverse())),
                new Identifier("fresh"),
                new Identifier("past"));
    }

    private static Optional<String> given(String sql) {
        return sql.isEmpty() ? Optional.empty() : Optional.of(sql);
    }

    private static String words(Retyped retyped) {
        return retyped.direct().map(direct -> direct.back().isPresent() ? "and back" : "there").orElse("no");
    }
}
