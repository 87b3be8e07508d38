package dev.neap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentifierIT {

    private static final List<String> NASTY = List.of(
            "plain",
            "with_1",
            "1st",
            "Upper",
            "two words",
            "quote\"inside",
            "\"",
            "single'quote",
            "back\\slash",
            "semi;colon",
            "dollar$",
            "ünï",
            "表",
            "🌊",
            " ",
            "\t",
            "a.b",
            "?",
            ":name",
            "--",
            "_");

    @ParameterizedTest
    @EnumSource
    void quotesNastyNamesAsTheServerDoes(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            assertThat(NASTY.stream().map(name -> new Identifier(name).sql()))
                    .containsExactlyElementsOf(NASTY.stream()
                            .map(name -> database.one(String.class, "SELECT quote_ident(?)", name))
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void quotesEveryKeywordThatTheServerQuotes(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            Stream<String> bare = database
                    .list(String.class, "SELECT word FROM pg_get_keywords() WHERE quote_ident(word) <> word")
                    .stream()
                    .filter(word -> new Identifier(word).sql().equals(word));
            assertThat(bare).isEmpty();
        }
    }
}
