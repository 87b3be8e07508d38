package dev.neap.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.yaml.ChangeReader;
import org.junit.jupiter.api.Test;

class OutlineTest {

    private static Outline of(String operations) {
        return Outline.of(new ChangeReader()
                .read("x.yaml", "change: x\ntable: public.Users\noperations:\n" + operations)
                .change());
    }

    @Test
    void flattensAChangeToPathAndValue() {
        assertThat(of("  - backfill: {set: {a: 1, B: now()}, where: a = 0}\n  - drop_column: {name: c}\n").lines())
                .containsExactly(
                        "change: x",
                        "operations[0].backfill: ",
                        "operations[0].backfill.set.B: now()",
                        "operations[0].backfill.set.a: 1",
                        "operations[0].backfill.where: a = 0",
                        "operations[1].drop_column: ",
                        "operations[1].drop_column.name: c",
                        "table: public.\"Users\"");
    }

    @Test
    void findsNoDifferenceInTheSame() {
        String operations = "  - create_index: {name: i, columns: [a], using: gin, include: [b], where: c}\n";

        assertThat(of(operations).differences(of(operations))).isEmpty();
    }

    @Test
    void saysWhatIsDifferentInASentenceEach() {
        Outline was = of("  - set_not_null: {column: a, fill: 0}\n  - rename_column: {from: a, to: b}\n");
        Outline now = of("  - set_not_null: {column: b}\n  - drop_column: {name: a}\n");

        assertThat(was.differences(now))
                .containsExactly(
                        "operations[0].set_not_null.column was: a, is now: b",
                        "operations[0].set_not_null.fill is gone (was: 0)",
                        "operations[1].rename_column is gone",
                        "operations[1].rename_column.from is gone (was: a)",
                        "operations[1].rename_column.to is gone (was: b)",
                        "operations[1].drop_column is new",
                        "operations[1].drop_column.name is new: a");
    }
}
