package dev.neap.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Key.KeyColumn;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeySqlTest {

    private final KeySql id = new KeySql(new Key(
            new Identifier("t_pkey"), List.of(new KeyColumn(new Identifier("id"), "bigint", Optional.empty()))));
    private final KeySql composite = new KeySql(new Key(
            new Identifier("t_key"),
            List.of(
                    new KeyColumn(new Identifier("Tenant"), "character varying(10)", Optional.of("pg_catalog.\"C\"")),
                    new KeyColumn(new Identifier("at"), "timestamp with time zone", Optional.empty()))));

    @Test
    void ordersAsTheIndexDoes() {
        assertThat(id.orderBy(false)).isEqualTo("id");
        assertThat(id.orderBy(true)).isEqualTo("id DESC");
        assertThat(composite.orderBy(true)).isEqualTo("\"Tenant\" COLLATE pg_catalog.\"C\" DESC, at DESC");
    }

    @Test
    void writesKeysAsTexts() {
        assertThat(id.asText("")).isEqualTo("ARRAY[id::text]");
        assertThat(composite.asText("NEW.")).isEqualTo("ARRAY[NEW.\"Tenant\"::text, NEW.at::text]");
    }

    @Test
    void comparesWholeRowsWithTheIndexsCollation() {
        assertThat(composite.compare("t.", "=", "k.key"))
                .isEqualTo("(t.\"Tenant\" COLLATE pg_catalog.\"C\", t.at) ="
                        + " (CAST(k.key[1] AS character varying(10)), CAST(k.key[2] AS timestamp with time zone))");
    }

    @Test
    void comparesWithOneParameterAColumn() {
        assertThat(id.compareWithParameters(">")).isEqualTo("(id) > (CAST(? AS bigint))");
        assertThat(composite.compareWithParameters("<=").chars().filter(c -> c == '?').count()).isEqualTo(2);
    }

    @Test
    void looksKeysUpAmongTexts() {
        assertThat(id.among("t.", "q.key", "neap.quarantine q"))
                .isEqualTo("(t.id) IN (SELECT CAST(q.key[1] AS bigint) FROM neap.quarantine q)");
    }

    @Test
    void takesTheRemainderOfAWholeNumberSoThatNeighboursDiffer() {
        assertThat(id.remainder("NEW.", "s.modulus")).isEqualTo("abs(mod(NEW.id, s.modulus))");
        assertThat(id.hasFixedRemainder()).isTrue();
    }

    @Test
    void takesTheRemainderOfAHashOfEverythingElse() {
        assertThat(composite.remainder("", "33"))
                .isEqualTo("mod((hashtext(\"Tenant\" COLLATE \"C\") # hashtext(at::text COLLATE \"C\")) & 2147483647,"
                        + " 33)");
    }

    @Test
    void knowsOfWhichTypesTheTextDependsOnTheSession() {
        assertThat(composite.hasFixedRemainder()).isFalse();
        for (String type : List.of("uuid", "numeric(10,2)", "character varying(7)", "timestamp(3) without time zone")) {
            assertThat(new KeySql(new Key(
                    new Identifier("i"), List.of(new KeyColumn(new Identifier("k"), type, Optional.empty()))))
                    .hasFixedRemainder())
                    .as(type)
                    .isTrue();
        }
    }
}
