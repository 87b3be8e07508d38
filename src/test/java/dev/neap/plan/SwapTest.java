package dev.neap.plan;

import static dev.neap.plan.Plans.ddl;
import static dev.neap.plan.Plans.lines;
import static dev.neap.plan.Plans.plan;
import static dev.neap.plan.Plans.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Key;
import dev.neap.catalog.Retyped;
import dev.neap.catalog.Retyped.Direct;
import dev.neap.catalog.Retyped.UniqueText;
import dev.neap.sql.Identifier;
import dev.neap.step.LastLookStep;
import dev.neap.step.Lock;
import dev.neap.step.Undo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact SQL of changes of type, splits and merges. */
class SwapTest {

    private static final String CHANGE = "operations[0].change_type";
    private static final String WIDEN = "operations: [{change_type: {column: id, type: bigint}}]";

    private static Retyped retyped(Optional<Direct> direct) {
        return new Retyped(
                "bigint",
                Optional.empty(),
                direct,
                List.of(new IndexText(new Identifier("parts_id_idx"), false, "USING hash (id_neap_2d711642)")),
                List.of(new UniqueText(
                        new Identifier("parts_pkey"),
                        true,
                        "USING btree (id_neap_2d711642)",
                        "USING btree (id)",
                        "",
                        Optional.empty())),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Tables parts(Retyped retyped) {
        return Tables.table("public", "parts")
                .notNull("id", "integer")
                .primaryKey("id")
                .column("code", "text")
                .retyped(CHANGE, "id", retyped);
    }

    @Test
    void putsASecondColumnInThePlaceOfAPrimaryKey() {
        Plan plan = plan(parts(retyped(Optional.empty())), WIDEN);

        assertThat(plan.steps().stream().map(planned -> planned.id().value()))
                .containsExactly(
                        "01-add-column", "02-sync", "03-backfill", "04-verify", "05-check-not-null",
                        "06-validate-not-null", "07-set-not-null", "08-drop-check", "09-create-index",
                        "10-create-index", "11-create-index", "12-analyze", "13-verify-again", "14-swap", "15-gate",
                        "16-last-look", "17-drop-column");
        assertThat(lines(plan)).filteredOn(line -> line.startsWith("14-"))
                .startsWith(
                        "14-swap: ALTER TABLE public.parts DROP CONSTRAINT parts_pkey",
                        "14-swap: ALTER TABLE public.parts RENAME COLUMN id TO id_neap_old_2d711642",
                        "14-swap: ALTER TABLE public.parts RENAME COLUMN id_neap_2d711642 TO id",
                        "14-swap: ALTER INDEX public.parts_id_idx RENAME TO parts_id_idx_neap_old_2d711642",
                        "14-swap: ALTER INDEX public.parts_id_idx_neap_2d711642 RENAME TO parts_id_idx",
                        "14-swap: ALTER TABLE public.parts ADD CONSTRAINT parts_pkey PRIMARY KEY USING INDEX"
                                + " parts_pkey_neap_2d711642")
                .contains(
                        "14-swap: CREATE TRIGGER zzz_neap_sync_update_2d711642 BEFORE UPDATE OF id ON public.parts FOR"
                                + " EACH ROW EXECUTE FUNCTION neap.sync_2d711642()");
        assertThat(ddl(plan, "swap").lock()).isEqualTo(Lock.ACCESS_EXCLUSIVE);
        assertThat(ddl(plan, "swap").undo().map(Undo::sql).orElseThrow())
                .startsWith(
                        "ALTER TABLE public.parts DROP CONSTRAINT parts_pkey",
                        "ALTER TABLE public.parts RENAME COLUMN id TO id_neap_2d711642",
                        "ALTER TABLE public.parts RENAME COLUMN id_neap_old_2d711642 TO id")
                .contains("ALTER TABLE public.parts ADD CONSTRAINT parts_pkey PRIMARY KEY USING INDEX"
                        + " parts_pkey_neap_old_2d711642");
    }

    @Test
    void looksOnceMoreWhetherEitherColumnIsWhatTheOtherOneBecame() {
        Plan plan = plan(parts(retyped(Optional.empty())), WIDEN);

        LastLookStep look = plan.afterGate()
                .stream()
                .map(PlannedStep::step)
                .filter(LastLookStep.class::isInstance)
                .map(LastLookStep.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(look.backfill().pending())
                .contains("CASE WHEN id IS DISTINCT FROM CAST((SELECT id FROM (SELECT parts.id_neap_old_2d711642 AS id)"
                        + " AS parts) AS bigint) THEN id_neap_old_2d711642 IS DISTINCT FROM CAST((id) AS integer)"
                        + " ELSE false END");
        assertThat(look.retyped()).containsExactly(Map.entry(new Identifier("id"), "bigint"));
        Key key = plan.ground().retyped(look.retyped()).walk().keyed().orElseThrow();
        assertThat(key.columns()).extracting(Key.KeyColumn::type).containsExactly("bigint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"using: id * 2", "reverse: id / 2"})
    void doesNotLookWhereAnExpressionMayNotTakeWhatTheOtherOneMakes(String expression) {
        Plan plan = plan(
                parts(retyped(Optional.empty())),
                "operations: [{change_type: {column: id, type: bigint, %s}}]\n%s".formatted(expression, Plans.NOTE));

        assertThat(plan.afterGate()).extracting(planned -> planned.id().value()).containsExactly("16-drop-column");
    }

    @Test
    void followsTheOldColumnUntilTheSwapAndTheNewOneFromThenOn() {
        Plan plan = plan(parts(retyped(Optional.empty())), WIDEN);

        assertThat(String.join("\n", ddl(plan, "sync").sql()))
                .contains("SELECT (id) INTO NEW.id_neap_2d711642 FROM (SELECT NEW.*) AS parts;");
        assertThat(String.join("\n", ddl(plan, "swap").sql()))
                .contains("SELECT (id) INTO NEW.id_neap_old_2d711642 FROM (SELECT NEW.*) AS parts;")
                .doesNotContain("INTO NEW.id_neap_2d711642");
    }

    @Test
    void changesATypeAtOnceWhereThatTouchesTheCatalogOnly() {
        Direct direct = new Direct(List.of("SET LOCAL TimeZone = 'UTC'"), "ALTER COLUMN id TYPE bigint",
                Optional.empty());
        Plan plan = plan(parts(retyped(Optional.of(direct))), WIDEN);

        assertThat(lines(plan))
                .containsExactly(
                        "01-change-type: SET LOCAL TimeZone = 'UTC'",
                        "01-change-type: ALTER TABLE public.parts ALTER COLUMN id TYPE bigint",
                        "02-analyze: ANALYZE public.parts (id)");
        assertThat(plan.hasGate()).isFalse();
        assertThat(plan.lasting()).contains("column id stays bigint");
    }

    @Test
    void refusesAnotherOperationOnTheColumn() {
        assertThat(refusals(
                parts(retyped(Optional.empty())).immutable("operations[1].set_not_null.fill", "id"),
                "operations: [{change_type: {column: id, type: bigint}}, {set_not_null: {column: code, fill: id::text}}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.fact()).contains("puts a new column in the place of id"));
    }

    @Test
    void splitsAColumnInOnePassThatLeavesAloneWhatNewCodeWrote() {
        String split = "operations[0].split_column";
        Plan plan = plan(
                Tables.users()
                        .typed(split + ".into[0]", "text")
                        .typed(split + ".into[1]", "text")
                        .immutable(split + ".into[0].from", "email")
                        .immutable(split + ".into[1].from", "email")
                        .immutable(split + ".reverse", "name", "host"),
                """
                        operations:
                          - split_column:
                              column: email
                              into:
                                - {name: name, type: text, from: "split_part(email, '@', 1)"}
                                - {name: host, type: text, from: "split_part(email, '@', 2)"}
                              reverse: name || '@' || host
                        """ + Plans.NOTE);

        assertThat(lines(plan)).filteredOn(line -> line.matches("(04|07|08)-.*"))
                .first()
                .asString()
                .isEqualTo(
                        "04-backfill: CONVERGENT SET name = split_part(email, '@', 1), host = split_part(email, '@', 2)"
                                + " WHERE (name IS DISTINCT FROM CAST((split_part(email, '@', 1)) AS text) OR host IS DISTINCT FROM"
                                + " CAST((split_part(email, '@', 2)) AS text)) AND (name IS NULL AND host IS NULL OR email IS"
                                + " DISTINCT FROM CAST((name || '@' || host) AS text))");
        assertThat(ddl(plan, "drop-column").sql()).contains("ALTER TABLE public.users DROP COLUMN IF EXISTS email");
    }
}
