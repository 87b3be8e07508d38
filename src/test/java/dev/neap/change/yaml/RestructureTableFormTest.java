package dev.neap.change.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.operation.Operation;
import dev.neap.change.operation.RestructureTable;
import dev.neap.change.operation.RestructureTable.Keeping;
import dev.neap.change.operation.RestructureTable.NewShape;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A table's new shape, as change files write it. */
class RestructureTableFormTest {

    private static Operation read(String body) {
        return new ChangeReader()
                .read("x.yaml", "change: x\ntable: public.t\noperations:\n  - restructure_table:\n" + body.indent(6))
                .change()
                .operations()
                .getFirst();
    }

    @Test
    void readsEveryKey() {
        assertThat(read("""
                columns:
                  a: {type: bigint, using: a * 100, reverse: a / 100.0}
                  b: {storage: external, compression: lz4}
                order: [b, a]
                drop: [c]
                fill: {c: 1}
                with: {fillfactor: 90, autovacuum_enabled: false, toast.autovacuum_enabled: true}
                tablespace: fast
                logged: true
                merge_partitions: true
                """))
                .isEqualTo(new RestructureTable(
                        Map.of(
                                new Identifier("a"),
                                new NewShape(
                                        Optional.of("bigint"), Optional.of("a * 100"), Optional.of("a / 100.0"),
                                        Optional.empty(), Optional.empty()),
                                new Identifier("b"),
                                new NewShape(
                                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("external"),
                                        Optional.of("lz4"))),
                        List.of(new Identifier("b"), new Identifier("a")),
                        List.of(new Identifier("c")),
                        Map.of(new Identifier("c"), "1"),
                        new Keeping(
                                Map.of(
                                        "fillfactor", "90", "autovacuum_enabled", "false", "toast.autovacuum_enabled",
                                        "true"),
                                Optional.of(new Identifier("fast")),
                                Optional.of(true),
                                true)));
    }

    @Test
    void saysEachKeyInItsOutline() {
        assertThat(read("""
                columns: {a: {type: bigint, using: a * 100}}
                drop: [c, d]
                fill: {c: 1}
                with: {fillfactor: 90}
                """).outline())
                .isEqualTo(Map.of(
                        "columns.a.type", "bigint", "columns.a.using", "a * 100", "drop", "c, d", "fill.c", "1",
                        "with.fillfactor", "90"));
    }

    @Test
    void letsNothingThroughThatIsMoreThanAWord() {
        assertThatThrownBy(() -> read("with: {\"fillfactor = 1) --\": 90}"))
                .hasMessageContaining("is not a storage parameter");
        assertThatThrownBy(() -> read("columns: {a: {storage: \"plain, DROP COLUMN b\"}}"))
                .hasMessageContaining("is not a word");
    }

    @Test
    void refusesAShapeThatSaysNothing() {
        assertThatThrownBy(() -> read("fill: {c: 1}"))
                .hasMessageContaining("There is nothing to do in restructure_table");
        assertThatThrownBy(() -> read("columns: {a: {using: a}}"))
                .hasMessageContaining("There is nothing to do in a column");
    }
}
