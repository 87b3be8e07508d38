package dev.neap.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Key.KeyColumn;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By which strand a key is told, on real servers. */
class KeyRemainderIT {

    @ParameterizedTest
    @EnumSource
    void isThatOfAWholeNumberWhateverItsSign(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            Map.of("smallint", List.of("-32768", "32767"),
                    "integer", List.of("-2147483648", "2147483647"),
                    "bigint", List.of("-9223372036854775808", "9223372036854775807"))
                    .forEach((type, ends) -> {
                        db.execute("CREATE TABLE t (k " + type + ")",
                                "INSERT INTO t SELECT i FROM generate_series(-100, 100) i",
                                "INSERT INTO t VALUES ('%s'), ('%s')".formatted(ends.getFirst(), ends.getLast()));
                        for (int modulus : new int[]{1, 2, 33, 226, 2_147_483_647}) {
                            assertThat(db.rows("SELECT k FROM t WHERE %s IS DISTINCT FROM abs(k::numeric %% %d)"
                                    .formatted(key(type).remainder("t.", Integer.toString(modulus)), modulus)))
                                    .as("%s modulo %d", type, modulus)
                                    .isEmpty();
                        }
                        db.execute("DROP TABLE t");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void isEvenlySpreadAndTheSameInEverySession(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute(
                    """
                            CREATE TABLE t AS SELECT i::bigint AS b, md5(i::text)::uuid AS u, md5(i::text) AS t, 'k' || i AS short,
                                   (i / 7.0)::numeric AS n, i * interval '7 minutes' + timestamp '1890-01-01' AS at,
                                   ('k' || i)::character(12) AS c, timestamptz '1890-01-01 00:00+00' + i * interval '7 hours' AS tz,
                                   i / 7.0::float8 AS f
                              FROM generate_series(-20000, 20000) i""");
            for (KeySql key : List.of(
                    key("uuid", "u"), key("text", "t"), key("text", "short"), key("numeric", "n"),
                    key("timestamp without time zone", "at"), key("character(12)", "c"),
                    key("timestamp with time zone", "tz"), key("double precision", "f"),
                    composite(key("bigint", "b"), key("text", "t")),
                    composite(key("uuid", "u"), key("numeric", "n")))) {
                String remainder = key.remainder("t.", "33");
                assertThat(db.one(Boolean.class, """
                        SELECT min(r) = 0 AND max(r) = 32 AND min(n) > 900 AND max(n) < 1500
                          FROM (SELECT %s AS r, count(*) AS n FROM t GROUP BY 1) AS each""".formatted(remainder)))
                        .as(remainder)
                        .isTrue();
                if (key.hasFixedRemainder()) {
                    String sum = "SELECT sum(hashint4(%s::int # %s))".formatted(remainder, "hashtext(b::text)")
                            + " FROM t";
                    db.execute(
                            """
                                    CREATE OR REPLACE FUNCTION there() RETURNS numeric LANGUAGE sql SET datestyle = 'SQL, DMY'
                                      SET timezone = 'Asia/Kathmandu' SET intervalstyle = 'sql_standard' SET extra_float_digits = -15
                                      SET bytea_output = 'escape' AS $$ %s $$"""
                                    .formatted(sum));
                    assertThat(db.one(Boolean.class, "SELECT there() = (%s)".formatted(sum))).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameForKeysThatAreEqualToTheLetterOnly(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE COLLATION anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            KeySql text = key("text", "k");
            assertThat(db.one(Integer.class,
                    """
                            SELECT count(DISTINCT %s)::int FROM (VALUES ('abc' COLLATE anycase), ('abC'), ('aBc'), ('aBC'), ('Abc')) AS t (k)"""
                            .formatted(text.remainder("t.", "1000000"))))
                    .as("any collation is looked past")
                    .isEqualTo(5);
            assertThat(db.one(Boolean.class,
                    "SELECT (%s) IS DISTINCT FROM (%s) FROM (SELECT 'a' COLLATE anycase AS k) AS a, (SELECT 'A' COLLATE anycase AS k) AS b"
                            .formatted(text.letters("a."), text.letters("b."))))
                    .as("so a change from one to the other is a change of the key")
                    .isTrue();
            KeySql number = key("numeric(10,3)", "k");
            assertThat(db.one(Integer.class, "SELECT count(DISTINCT %s)::int FROM (VALUES (1.0), (1.00), (1)) AS t (k)"
                    .formatted(number.remainder("t.", "1000000"))))
                    .isEqualTo(1);
            KeySql padded = key("character(5)", "k");
            assertThat(db.one(Integer.class,
                    "SELECT count(DISTINCT %s)::int FROM (VALUES ('a'::char(5)), ('a  '), ('a ')) AS t (k)"
                            .formatted(padded.remainder("t.", "1000000"))))
                    .isEqualTo(1);
        }
    }

    private static KeySql key(String type) {
        return key(type, "k");
    }

    private static KeySql key(String type, String name) {
        return new KeySql(new Key(
                new Identifier("t_key"), List.of(new KeyColumn(new Identifier(name), type, Optional.empty()))));
    }

    private static KeySql composite(KeySql... keys) {
        return new KeySql(new Key(
                new Identifier("t_key"), Stream.of(keys).flatMap(key -> key.key().columns().stream()).toList()));
    }
}
