package dev.neap.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.yaml.ChangeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final String FILE = """
            change: x
            table: public.users
            operations:
              - add_column: {name: a, type: text, from: lower(b)}
              - create_index: {name: i, columns: [a, b]}
            contract:
              - drop_column: {name: b}
            """;

    private static Change read(String text) {
        return new ChangeReader().read("x.yaml", text).change();
    }

    @Test
    void staysWhatItWasInEarlierReleases() {
        assertThat(Fingerprint.of(read(FILE))).hasToString("70278ca2dae21622");
    }

    @Test
    void doesNotSeeCommentsLayoutOrderOfKeysOrPace() {
        String other = """
                # the same
                table: "public.users"
                change: 'x'
                pace: {max_replication_lag: 5s}
                contract: [drop_column: {name: b}]
                operations:
                  - add_column:
                      from: |
                        lower(b)

                      type: "text"   # comment
                      not_null: false
                      name: a
                  - create_index:
                      columns:
                        - a
                        - b
                      unique: false
                      name: i
                backfill:
                  order: key
                """;

        assertThat(Fingerprint.of(read(other))).isEqualTo(Fingerprint.of(read(FILE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "change: x/change: y",
        "public.users/public.user",
        "type: text/type: varchar",
        "lower(b)/lower( b)",
        "[a, b]/[b, a]",
        "[a, b]}/[a, b], unique: true}",
        "name: i/name: j",
        "drop_column: {name: b}/drop_column: {name: c}"
    })
    void seesWhatTheChangeDoes(String edit) {
        String[] parts = edit.split("/");

        assertThat(Fingerprint.of(read(FILE.replace(parts[0], parts[1])))).isNotEqualTo(Fingerprint.of(read(FILE)));
    }

    @Test
    void ofATextIsTheBeginningOfItsSha256() {
        assertThat(Fingerprint.ofText("")).hasToString("e3b0c44298fc1c14");
    }
}
