package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table with a column of every kind, and an empty one beside each; with names that need quotes, and a key of several
 * columns.
 */
final class ManyTypes {

    private static final String TABLE = "\"Viele Typen\".\"T ?\"";

    /** Values as SQL, separated by a bar. */
    private static final Map<String, String> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("smallint", "-32768 | 0");
        VALUES.put("integer", "2147483647 | -1");
        VALUES.put("bigint", "-9223372036854775808 | 7");
        VALUES.put("numeric", "12345678901234567890.12345678901234567890 | 'NaN' | 1.500");
        VALUES.put("numeric(10,3)", "1234567.800 | 0");
        VALUES.put("real", "1.1 | 'Infinity' | 1e-30");
        VALUES.put("double precision", "0.1 + 0.2 | 'NaN' | '-Infinity' | 1e300");
        VALUES.put("boolean", "true | false");
        VALUES.put("text", "'' | E'a\\\\b\"c{},\\'\\t\\n' | 'NULL' | 'ä 漢 🙂'");
        VALUES.put("varchar(20)", "'  blanks  ' | 'x'");
        VALUES.put("character(5)", "'ab' | ''");
        VALUES.put("\"char\"", "'x'");
        VALUES.put("name", "'a name'");
        VALUES.put("bytea", "'\\x00ff5c' | ''");
        VALUES.put("uuid", "gen_random_uuid()");
        VALUES.put("date", "'2024-02-29' | 'infinity' | '0044-03-15 BC' | '12024-01-01'");
        VALUES.put("time", "'23:59:59.999999' | '00:00'");
        VALUES.put("time with time zone", "'12:34:56.5+05:45'");
        VALUES.put("timestamp", "'2024-03-31 02:30' | 'infinity' | '-infinity' | '0044-03-15 12:00:00.5 BC'");
        VALUES.put("timestamp(3) with time zone", "'2024-03-31 02:30:00.123+02' | '-infinity' | '1890-01-01 00:00+00'");
        VALUES.put("interval", "'1 year -2 months 3 days 04:05:06.7' | '-1 day'");
        VALUES.put("json", "'{ \"a\" : 1,  \"a\":2 }'");
        VALUES.put("jsonb", "'{\"b\": [1, 2.50, null], \"a\": \"\\u00e4\"}'");
        VALUES.put("integer[]", "'{1,NULL,3}' | '{}' | '{{1,2},{3,4}}'");
        VALUES.put("text[]", "ARRAY['a,b', 'c\"d', '\\', '', NULL, 'NULL'] | '{{x,y},{z,w}}'");
        VALUES.put("numeric(10,2)[]", "'{1.50,NaN}'");
        VALUES.put("boolean[]", "'{t,f,NULL}'");
        VALUES.put("varchar(3)[]", "'{abc,\"\"}'");
        VALUES.put("timestamptz[]", "ARRAY[timestamptz '2024-01-01 12:00+00', 'infinity']");
        VALUES.put("box", "'(1,2),(3,4)'");
        VALUES.put("box[]", "'{(1,2),(3,4);(5,6),(7,8)}'");
        VALUES.put("point", "'(1.5,-2)'");
        VALUES.put("inet", "'10.0.0.1/24' | '::1'");
        VALUES.put("bit(4)", "B'1010'");
        VALUES.put("bit varying(6)", "B'101'");
        VALUES.put("int4range", "'[1,5)' | 'empty'");
        VALUES.put("tsvector", "'a:1 b:2'");
        VALUES.put("\"Viele Typen\".\"Laune\"", "'froh, sehr' | 'müde'");
        VALUES.put("\"Viele Typen\".\"Laune\"[]", "ARRAY['müde', NULL]::\"Viele Typen\".\"Laune\"[]");
        VALUES.put("\"Viele Typen\".kurz", "'abc'");
        VALUES.put("\"Viele Typen\".geld", "12.3");
        VALUES.put("\"Viele Typen\".zahlen", "'{3,4}'");
        VALUES.put("\"Viele Typen\".paar", "'(1,\"a b\")' | '(,)'");
    }

    private static final String TYPES = """
            CREATE SCHEMA "Viele Typen";
            CREATE TYPE "Viele Typen"."Laune" AS ENUM ('froh, sehr', 'müde');
            CREATE DOMAIN "Viele Typen".kurz AS varchar(5) CHECK (VALUE <> 'verboten');
            CREATE DOMAIN "Viele Typen".geld AS numeric(10,2);
            CREATE DOMAIN "Viele Typen".zahlen AS int[];
            CREATE TYPE "Viele Typen".paar AS (a int, b text);
            """;

    private ManyTypes() {}

    private static String column(int i) {
        return "C " + i;
    }

    static TestDatabase on(TestServer server) {
        StringBuilder table = new StringBuilder(
                "CREATE TABLE " + TABLE + " (neap_0 text COLLATE \"und-x-icu\", wann timestamptz");
        StringBuilder insert = new StringBuilder();
        int i = 0;
        for (Map.Entry<String, String> type : VALUES.entrySet()) {
            table.append(", \"%1$s\" %2$s, \"%1$s copy\" %2$s".formatted(column(i), type.getKey()));
            int row = 0;
            for (String value : type.getValue().split(" \\| ")) {
                insert.append(
                        "INSERT INTO %s (neap_0, wann, \"%s\") VALUES ('k%d', timestamptz '1890-01-01 00:00+00' + %d * interval '1 day', %s);%n"
                                .formatted(TABLE, column(i), i, row++, value));
            }
            i++;
        }
        return TestDatabase.on(server).execute(TYPES, table + ", PRIMARY KEY (wann, neap_0))", insert.toString());
    }

    static String copied() {
        List<String> reads = new ArrayList<>();
        for (int i = 0; i < VALUES.size(); i++) {
            reads.add(column(i));
        }
        return """
                change: copy-all
                table: '%s'
                operations:
                  - transform: {class: dev.neap.scenario.Copying, reads: [%s], writes: [%s]}
                """.formatted(
                TABLE,
                String.join(", ", reads),
                reads.stream().map(column -> column + " copy").collect(Collectors.joining(", ")));
    }

    /** What did not arrive as it was. */
    static List<String> differing(TestDatabase db) {
        List<String> wrong = new ArrayList<>();
        int i = 0;
        for (String type : VALUES.keySet()) {
            String was = "\"" + column(i) + "\"::text";
            String is = "\"" + column(i++) + " copy\"::text";
            wrong.addAll(db.list(
                    String.class,
                    "SELECT '%s: ' || coalesce(%s, 'NULL') || ' for ' || coalesce(%s, 'NULL') FROM %s WHERE %2$s IS DISTINCT FROM %3$s"
                            .formatted(type.replace("'", "''"), is, was, TABLE)));
        }
        return wrong;
    }
}
