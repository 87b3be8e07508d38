package dev.neap.change.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.sql.Identifier;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which casts tell the value that they were made from. */
class FaithfulCastTest {

    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
        "smallint > integer",
        "integer > bigint",
        "integer[] > bigint[]",
        "integer > numeric",
        "bigint > numeric(30,2)",
        "numeric(10,2) > numeric(12,4)",
        "numeric(10,2) > numeric",
        "integer > double precision",
        "character varying(20) > character varying(30)",
        "character varying(20) > text",
        "character(5) > character varying",
        "text > public.citext",
        "uuid > text",
        "numeric(10,2) > text",
        "jsonb > json",
        "date > timestamp without time zone",
        "timestamp(3) without time zone > timestamp without time zone",
        "text > text"
    })
    void keepWhatTheOldValueWas(String from, String to) {
        assertThat(cast(from, to).by(Optional.empty())).isTrue();
        assertThat(cast(from, to).by(Optional.of("(code)::" + to))).isTrue();
        assertThat(cast(from, to).by(Optional.of("coalesce(code, '0')"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
        "bigint > integer",
        "bigint > double precision",
        "numeric(10,2) > integer",
        "numeric(10,2) > numeric(10,1)",
        "numeric > numeric(10,2)",
        "integer > numeric(8,-2)",
        "text > character varying(20)",
        "character varying(30) > character varying(20)",
        "text > integer",
        "public.citext > bytea",
        "json > jsonb",
        "timestamp without time zone > date",
        "timestamp without time zone > timestamp(3) without time zone",
        "timestamp without time zone > timestamp with time zone",
        "inet > cidr",
        "public.mood > boolean"
    })
    void mayForgetWhatTheOldValueWas(String from, String to) {
        assertThat(cast(from, to).by(Optional.empty())).isFalse();
    }

    private static FaithfulCast cast(String from, String to) {
        return new FaithfulCast(new Identifier("code"), from, to);
    }
}
