package dev.neap.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Correspondence.Alike;
import dev.neap.step.Correspondence.Direction;
import dev.neap.step.Correspondence.Gone;
import dev.neap.step.Correspondence.Recipe;
import dev.neap.step.Correspondence.Retyped;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrespondenceTest {

    private static final Identifier ID = Identifier.of("id");
    private static final Identifier PRICE = Identifier.of("price");
    private static final Identifier TAGS = Identifier.of("tags");
    private static final Identifier CODE = Identifier.of("code");

    private static final QualifiedName TABLE = QualifiedName.of("public", "parcels");
    private static final QualifiedName OTHER = QualifiedName.of("public", "parcels_neap");

    private static final Correspondence ROWS = new Correspondence(
            List.of(
                    new Gone(CODE, "'none'"),
                    new Alike(TAGS, true),
                    new Retyped(
                            PRICE,
                            new Recipe("bigint", "price * 100", List.of(PRICE), false),
                            new Recipe("numeric(10,2)", "price / 100.0", List.of(PRICE), false)),
                    new Alike(ID, false)),
            List.of(ID));

    @Test
    void givesOnlyTheTableOfOldAValueInAColumnThatGoes() {
        assertThat(ROWS.filled(Direction.FORTH)).containsExactly(TAGS, PRICE, ID);
        assertThat(ROWS.values(Direction.FORTH)).containsExactly("tags", "(price * 100)", "id");
        assertThat(ROWS.filled(Direction.BACK)).containsExactly(CODE, TAGS, PRICE, ID);
        assertThat(ROWS.values(Direction.BACK)).containsExactly("('none')", "tags", "(price / 100.0)", "id");
        assertThat(ROWS.others()).containsExactly(TAGS, PRICE);
    }

    @Test
    void comparesWhatIsAlikeByItsOwnNames() {
        Correspondence alike = Correspondence.of(List.of(ID, TAGS), List.of(ID), List.of(TAGS));
        assertThat(alike.isExact()).isTrue();
        assertThat(alike.missing(TABLE, OTHER, Direction.BACK))
                .isEqualTo("NOT EXISTS (SELECT FROM public.parcels_neap AS neap_there WHERE neap_there.id = parcels.id"
                        + " AND neap_there.tags::text COLLATE pg_catalog.\"C\" IS NOT DISTINCT FROM parcels.tags::text)");
    }

    @Test
    void tellsAKeyByItsTextTooWhereEqualIsNotTheSame() {
        Correspondence named = Correspondence.of(List.of(CODE, TAGS), List.of(CODE), List.of(CODE));
        assertThat(named.others()).containsExactly(CODE, TAGS);
        assertThat(named.missing(TABLE, OTHER, Direction.FORTH))
                .contains("neap_there.code = parcels.code AND neap_there.code::text COLLATE pg_catalog.\"C\""
                        + " IS NOT DISTINCT FROM parcels.code::text");
    }

    @Test
    void keepsTheNamesOfAnExpressionForTheTableThatIsWritten() {
        assertThat(ROWS.missing(TABLE, OTHER, Direction.FORTH))
                .isEqualTo("NOT EXISTS (SELECT FROM (SELECT tags AS neap_1, price AS neap_2, id AS neap_3"
                        + " FROM public.parcels_neap AS parcels) AS neap_there WHERE neap_there.neap_3 = parcels.id"
                        + " AND neap_there.neap_1::text COLLATE pg_catalog.\"C\" IS NOT DISTINCT FROM parcels.tags::text"
                        + " AND neap_there.neap_2 IS NOT DISTINCT FROM CAST((price * 100) AS bigint))");
    }

    @Test
    void holdsAValueOfOldForRightThatMakesTheNewOneOrIsMadeOfIt() {
        assertThat(ROWS.missing(TABLE, OTHER, Direction.BACK))
                .contains("CAST((price * 100) AS bigint) AS neap_made_2 FROM public.parcels_neap AS parcels)")
                .endsWith("AND (neap_there.neap_2 IS NOT DISTINCT FROM CAST((price / 100.0) AS numeric(10,2))"
                        + " OR neap_there.neap_made_2 IS NOT DISTINCT FROM parcels.price))");
    }

    @Test
    void needsAKeyThatIsAlikeInBoth() {
        assertThatThrownBy(() -> new Correspondence(ROWS.links(), List.of(PRICE)))
                .hasMessage("Without its key no row is found again.");
        assertThatThrownBy(() -> new Correspondence(ROWS.links(), List.of()))
                .hasMessage("Without its key no row is found again.");
    }
}
