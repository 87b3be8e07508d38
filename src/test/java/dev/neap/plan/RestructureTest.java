package dev.neap.plan;

import static dev.neap.plan.Plans.ddl;
import static dev.neap.plan.Plans.lines;
import static dev.neap.plan.Plans.plan;
import static dev.neap.plan.Plans.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Reshaped;
import dev.neap.catalog.Reshaped.NewCheck;
import dev.neap.catalog.Reshaped.NewColumn;
import dev.neap.catalog.Reshaped.NewIndex;
import dev.neap.catalog.Reshaped.Storage;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The exact SQL of a table of another shape. */
class RestructureTest {

    private static final String AT = "operations[0].restructure_table";

    private static final String SLIM = """
            operations:
              - restructure_table:
                  columns: {price: {type: bigint, using: price * 100, reverse: price / 100.0}}
                  order: [id, price]
                  drop: [code]
                  fill: {code: "'none'"}
                  with: {fillfactor: 90}
            """;

    private static NewColumn column(String name, String definition) {
        return new NewColumn(new Identifier(name), definition, Optional.empty(), List.of(), Optional.empty());
    }

    private static Tables parts() {
        return Tables.table("public", "parts")
                .notNull("id", "integer")
                .primaryKey("id")
                .notNull("code", "text")
                .column("note", "text")
                .column("price", "numeric(10,2)")
                .typed(AT + ".columns.price", "bigint")
                .immutable(AT + ".columns.price.using", "price")
                .immutable(AT + ".columns.price.reverse", "price")
                .reshaped(
                        AT,
                        new Reshaped(
                                List.of(
                                        column("id", "integer NOT NULL"), column("note", "text"),
                                        column("price", "bigint")),
                                List.of(new NewCheck(
                                        new Identifier("cheap"), "CHECK ((price < 9))", Optional.of("it is"))),
                                List.of(new NewIndex(
                                        new Identifier("parts_pkey"), Optional.of("PRIMARY KEY (id)"), true,
                                        "USING btree (id)")),
                                List.of(),
                                new Storage(
                                        false, List.of("fillfactor=70", "autovacuum_enabled=true"),
                                        Optional.empty())));
    }

    @Test
    void makesATableOfTheNewShapeThatFollowsAndTakesThePlace() {
        Plan plan = plan(parts(), Plans.NOTE + SLIM);

        assertThat(plan.steps().stream().map(planned -> planned.id().value()))
                .containsExactly(
                        "01-create-table", "02-follow", "03-copy", "04-verify", "05-analyze", "06-arm-swap", "07-swap",
                        "08-gate", "09-last-look", "10-stop-following", "11-drop-table");
        List<String> creation = ddl(plan, "create-table").sql();
        assertThat(creation.getLast()).contains("REVOKE ALL");
        assertThat(creation.subList(0, creation.size() - 1))
                .containsExactly(
                        "SELECT set_config('default_tablespace', '', true)",
                        """
                                CREATE TABLE public.parts_neap_2d711642 (
                                  id integer NOT NULL,
                                  price bigint,
                                  note text,
                                  CONSTRAINT cheap CHECK ((price < 9))
                                )
                                WITH (autovacuum_enabled = 'true', fillfactor = '90')""",
                        "COMMENT ON CONSTRAINT cheap ON public.parts_neap_2d711642 IS 'it is'",
                        "ALTER TABLE public.parts_neap_2d711642 ADD CONSTRAINT parts_pkey_neap_2d711642 PRIMARY KEY (id)");
        assertThat(lines(plan)).contains("07-swap: ALTER TABLE public.parts_neap_2d711642 RENAME TO parts");
    }

    @Test
    void followsForthByUsingAndBackByReverseAndFill() {
        Plan plan = plan(parts(), Plans.NOTE + SLIM);

        assertThat(String.join("\n", ddl(plan, "follow").sql()))
                .contains("INSERT INTO public.parts_neap_2d711642 AS neap_to (id, note, price) OVERRIDING SYSTEM VALUE"
                        + " SELECT id, note, (price * 100) FROM public.parts AS parts WHERE parts.id = NEW.id"
                        + " ON CONFLICT (id) DO UPDATE SET note = excluded.note, price = excluded.price;");
        assertThat(String.join("\n", ddl(plan, "swap").sql()))
                .contains("INSERT INTO public.parts_neap_old_2d711642 AS neap_to (id, code, note, price)"
                        + " OVERRIDING SYSTEM VALUE SELECT id, ('none'), note, (price / 100.0) FROM public.parts AS parts")
                .contains("price = CASE WHEN TG_OP = 'UPDATE' AND OLD.price IS NOT DISTINCT FROM NEW.price"
                        + " THEN neap_to.price ELSE excluded.price END;");
    }

    @Test
    void needsANoteForWhatIsLost() {
        assertThat(refusals(parts(), SLIM)).singleElement()
                .extracting(Problem::fact)
                .asString()
                .contains("the values of column code are gone with the old table")
                .contains("the values that column price had as numeric(10,2) are gone");
    }

    @Test
    void refusesAColumnThatTheOldTableCouldNotFill() {
        assertThat(refusals(parts(), Plans.NOTE + "operations: [{restructure_table: {drop: [code]}}]")).singleElement()
                .extracting(Problem::remedy)
                .isEqualTo("Say under fill what it gets there in new rows: fill: {code: …}.");
    }

    @Test
    void refusesAnotherTypeForTheKey() {
        assertThat(refusals(
                parts().typed(AT + ".columns.id", "bigint")
                        .immutable(AT + ".columns.id.using", "id")
                        .immutable(AT + ".columns.id.reverse", "id"),
                "operations: [{restructure_table: {columns: {id: {type: bigint}}}}]")).singleElement()
                .extracting(Problem::remedy)
                .isEqualTo("Use widen_key for it, in a change of its own.");
    }

    @Test
    void refusesToPutPartitionsTogetherUnasked() {
        assertThat(refusals(parts().partitioned(), "operations: [{restructure_table: {with: {fillfactor: 90}}}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("merge_partitions: true"));
    }
}
