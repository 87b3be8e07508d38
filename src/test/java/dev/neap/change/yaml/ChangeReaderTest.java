package dev.neap.change.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.neap.catalog.IndexDefinition;
import dev.neap.change.BackfillOptions;
import dev.neap.change.BackfillOptions.Order;
import dev.neap.change.Change;
import dev.neap.change.PaceOptions;
import dev.neap.change.Problem;
import dev.neap.change.SessionOptions;
import dev.neap.change.SynchronousCommit;
import dev.neap.change.WalCompression;
import dev.neap.change.operation.AddColumn;
import dev.neap.change.operation.BackfillRows;
import dev.neap.change.operation.CreateIndex;
import dev.neap.change.operation.DropColumn;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.RenameColumn;
import dev.neap.change.operation.SetNotNull;
import dev.neap.change.signal.Watched;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeReaderTest {

    private static final String HEAD = "change: x\ntable: public.t\n";

    private final ChangeReader reader = new ChangeReader();

    private Change read(String text) {
        return reader.read("x.yaml", text).change();
    }

    private Operation operation(String entry) {
        return read(HEAD + "operations:\n  - " + entry).operations().getFirst();
    }

    private static Identifier name(String value) {
        return new Identifier(value);
    }

    @Test
    void readsEveryKeyOfAChange() {
        Change change = read(
                """
                        change: everything.1
                        table: public.users
                        operations:
                          - add_column: {name: a, type: "numeric(3,1)", default: 1.50, not_null: true}
                          - add_column: {name: b, type: text, from: lower(a)}
                          - rename_column: {from: c, to: d}
                          - set_not_null: {column: e, fill: true}
                          - create_index: {name: i, columns: [a, lower(b)], unique: true, using: btree, include: [c], where: a > 0}
                          - drop_column: {name: f}
                          - backfill: {set: {g: 0, h: "'x'"}, where: g IS NULL}
                        contract:
                          - drop_column: {name: k}
                        backfill: {chunk_duration: 250ms, pause: 0ms, max_quarantined: 3, order: key,
                                   synchronous_commit: keep, wal_compression: off}
                        pace: {max_replication_lag: 1h, share: 0.25}
                        """);

        assertThat(change.name().value()).isEqualTo("everything.1");
        assertThat(change.table()).isEqualTo(QualifiedName.of("public", "users"));
        assertThat(change.operations())
                .containsExactly(
                        new AddColumn(name("a"), "numeric(3,1)", Optional.of("1.50"), Optional.empty(), true),
                        new AddColumn(name("b"), "text", Optional.empty(), Optional.of("lower(a)"), false),
                        new RenameColumn(name("c"), name("d")),
                        new SetNotNull(name("e"), Optional.of("true")),
                        new CreateIndex(
                                name("i"),
                                new IndexDefinition(
                                        true,
                                        List.of("a", "lower(b)"),
                                        Optional.of(name("btree")),
                                        List.of(name("c")),
                                        Optional.of("a > 0"))),
                        new DropColumn(name("f"), Optional.empty()),
                        new BackfillRows(Map.of(name("g"), "0", name("h"), "'x'"), Optional.of("g IS NULL")));
        assertThat(change.contract()).containsExactly(new DropColumn(name("k"), Optional.empty()));
        assertThat(change.backfill())
                .isEqualTo(new BackfillOptions(
                        Optional.of(Duration.ofMillis(250)),
                        Optional.of(Duration.ZERO),
                        Optional.of(3),
                        Optional.of(Order.KEY),
                        dev.neap.change.EffortOptions.none(),
                        new SessionOptions(Optional.of(SynchronousCommit.KEEP), Optional.of(WalCompression.OFF)),
                        Optional.empty()));
        assertThat(change.pace())
                .isEqualTo(new PaceOptions(
                        Optional.of(Duration.ofHours(1)), Optional.of(0.25), Watched.nothing()));
    }

    @Test
    void leavesOutWhatTheFileLeavesOut() {
        Change change = read(HEAD + "contract: [{drop_column: {name: a}}]\n");

        assertThat(change.operations()).isEmpty();
        assertThat(change.backfill()).isEqualTo(BackfillOptions.none());
        assertThat(change.pace()).isEqualTo(PaceOptions.none());
    }

    @ParameterizedTest
    @CsvSource({"10ms, 10", "999ms, 999", "10s, 10000", "0s, 0", "1min, 60000"})
    void readsDurations(String written, long millis) {
        String key = millis >= 10 && millis <= 10_000 ? "chunk_duration" : "pause";
        BackfillOptions options = read(
                HEAD + "contract: [{drop_column: {name: a}}]\nbackfill: {" + key + ": " + written + "}").backfill();

        assertThat(options.chunkDuration().or(options::pause)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {
        "public.users, public, users",
        "Public.Users, Public, Users",
        "My Schema.Größe, My Schema, Größe",
        "'\"My Schema\".\"Odd.Table\"', My Schema, Odd.Table",
        "'\"a\"\"b\".c', a\"b, c",
        "'a.\" x \"', a, | x |"
    })
    void takesTheTableLiterally(String written, String schema, String table) {
        Change change = read("change: x\ntable: " + written + "\ncontract: [{drop_column: {name: a}}]\n");

        assertThat(change.table()).isEqualTo(QualifiedName.of(schema, table));
    }

    @ParameterizedTest
    @CsvSource({"Größe", "users", "a.b", "no", "on", "22:00", "2024-01-01", "with blank", "select"})
    void takesNamesLiterally(String written) {
        assertThat(operation("drop_column: {name: " + written + "}"))
                .isEqualTo(new DropColumn(name(written), Optional.empty()));
    }

    @Test
    void keepsQuotesOfANameAsPartOfIt() {
        assertThat(operation("drop_column: {name: '\"x\"'}"))
                .isEqualTo(new DropColumn(name("\"x\""), Optional.empty()));
    }

    @Test
    void takesAColumnLikeAYamlWordLiterally() {
        assertThat(operation("backfill: {set: {null: 1, yes: 2, true: 3, 4: 5}}"))
                .isEqualTo(new BackfillRows(
                        Map.of(name("null"), "1", name("yes"), "2", name("true"), "3", name("4"), "5"),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"0, 0", "-1.50, -1.50", "true, true", "now(), now()", "\"'a'\", 'a'"})
    void readsSqlFromScalarsOfAnyKind(String written, String sql) {
        assertThat(operation("add_column: {name: a, type: text, default: " + written + "}"))
                .isEqualTo(new AddColumn(name("a"), "text", Optional.of(sql), Optional.empty(), false));
    }

    @Test
    void stripsTheBlanksAroundBlockText() {
        assertThat(operation(
                "add_column:\n      name: a\n      type: text\n      from: |\n        lower(b)\n          || c\n\n"))
                .isEqualTo(new AddColumn(
                        name("a"), "text", Optional.empty(), Optional.of("lower(b)\n  || c"), false));
    }

    @Test
    void acceptsAByteOrderMarkAndADocumentMarker() {
        assertThat(read("\uFEFF---\n" + HEAD + "contract: [{drop_column: {name: a}}]\n...\n").contract())
                .hasSize(1);
    }

    @Test
    void knowsTheLineOfEveryPath() {
        ChangeFile file = reader.read(
                "jobs/x.yaml",
                """
                        # comment
                        change: x
                        table: public.t

                        operations:
                          - add_column:
                              name: a
                              type:
                                text
                          - backfill:
                              set:
                                b.c: 1
                        """);

        assertThat(file.line("change")).isEqualTo(2);
        assertThat(file.line("operations[0]")).isEqualTo(6);
        assertThat(file.line("operations[0].add_column")).isEqualTo(6);
        assertThat(file.line("operations[0].add_column.type")).isEqualTo(8);
        assertThat(file.line("operations[0].add_column.from")).isEqualTo(6);
        assertThat(file.line("operations[1].backfill.set.b.c")).isEqualTo(12);
        assertThat(file.line("backfill.order")).isEqualTo(1);
        assertThat(file.locate(new Problem("operations[0].add_column.name", "It is so.", "Mend it.")))
                .isEqualTo("jobs/x.yaml:7: It is so. Mend it.");
    }

    @Test
    void reportsAllMistakesOfAFileInTheOrderOfTheirLines() {
        ChangeFileException refused = catchThrowableOfType(
                ChangeFileException.class,
                () -> reader.read(
                        "jobs/x.yaml",
                        """
                                change: Not Legal
                                table: users
                                operations:
                                  - add_column:
                                      nmae: a
                                      type: !!str text
                                      not_null: maybe
                                  - create_index: {name: i, columns: []}
                                  - foo: {}
                                contract:
                                  - set_not_null: {colum: a}
                                pace: &p
                                  max_replication_lag: 1ms
                                backfill: *p
                                """));

        assertThat(refused.problems().stream().map(LocatedProblem::line))
                .containsExactly(1, 2, 4, 5, 6, 7, 8, 9, 11, 11, 11, 12, 13, 14);
        assertThat(refused.getMessage().lines())
                .hasSize(14)
                .startsWith(
                        "jobs/x.yaml:1: \"Not Legal\" can't name a change. Use 1 to 80 lower-case letters, digits,"
                                + " hyphens, underscores and dots, a letter or digit first.",
                        "jobs/x.yaml:2: Table users is written without its schema. Write the schema in front, such as"
                                + " public.users.");
        assertThat(refused.problems().get(3).problem().at()).isEqualTo("operations[0].add_column.nmae");
    }

    @Test
    void goesThroughBothOperationsThatAreWrittenAsOne() {
        assertThatExceptionOfType(ChangeFileException.class)
                .isThrownBy(() -> operation("drop_column: {nam: a}\n    set_not_null: {column: b, fil: 0}"))
                .withMessageContaining("names 2 operations")
                .withMessageContaining("Did you mean name?")
                .withMessageContaining("Did you mean fill?");
    }

    @Test
    void staysCalmBeforeAliasesThatWouldGrowWithoutBound() {
        String bomb = "change: x\ntable: public.t\noperations: &a [*a, *a]\n";

        assertThatThrownBy(() -> read(bomb))
                .isInstanceOf(ChangeFileException.class)
                .hasMessageContaining("&a is a YAML anchor")
                .hasMessageContaining("*a is a YAML alias");
    }
}
