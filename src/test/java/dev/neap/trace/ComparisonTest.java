package dev.neap.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.step.RelationLock;
import dev.neap.step.Work;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final QualifiedName T = QualifiedName.of("public", "t");
    private static final QualifiedName OTHER = QualifiedName.of("public", "other");
    private static final Prediction CATALOG = new Prediction(T, Lock.ACCESS_EXCLUSIVE, Work.CATALOG, List.of());
    private static final Prediction WEAK = new Prediction(T, Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN, List.of());

    @Test
    void findsNothingWhereThePlanWasKept() {
        Footprint footprint = new Footprint(List.of(table(T, Lock.ACCESS_EXCLUSIVE), created(OTHER)));
        assertThat(Comparison.beyond(footprint, CATALOG)).isEmpty();
        assertThat(Comparison.overstated(footprint, CATALOG)).isEmpty();
    }

    @Test
    void namesAStrongerLock() {
        assertThat(Comparison.beyond(new Footprint(List.of(table(T, Lock.ACCESS_EXCLUSIVE))), WEAK))
                .singleElement()
                .satisfies(mismatch -> {
                    assertThat(mismatch.object()).isEqualTo("table public.t");
                    assertThat(mismatch.fact())
                            .isEqualTo(
                                    "It holds lock ACCESS EXCLUSIVE on table public.t, which blocks readers and writers;"
                                            + " the plan says no more than SHARE UPDATE EXCLUSIVE.");
                });
    }

    @Test
    void namesAnotherTableUnlessOnlyItsRowsAreReadOrWritten() {
        assertThat(Comparison.beyond(new Footprint(List.of(table(OTHER, Lock.SHARE_ROW_EXCLUSIVE))), CATALOG))
                .singleElement()
                .satisfies(mismatch -> assertThat(mismatch.fact())
                        .contains("SHARE ROW EXCLUSIVE on table public.other")
                        .contains("does not name that relation"));
        assertThat(Comparison.beyond(new Footprint(List.of(table(OTHER, Lock.ROW_EXCLUSIVE))), CATALOG)).isEmpty();
        Prediction named = new Prediction(
                T, Lock.ACCESS_EXCLUSIVE, Work.CATALOG, List.of(new RelationLock(OTHER, Lock.SHARE_ROW_EXCLUSIVE)));
        assertThat(Comparison.beyond(new Footprint(List.of(table(OTHER, Lock.SHARE_ROW_EXCLUSIVE))), named)).isEmpty();
        assertThat(Comparison.beyond(new Footprint(List.of(table(OTHER, Lock.ACCESS_EXCLUSIVE))), named)).hasSize(1);
    }

    @Test
    void letsAnEmptyTableBeReadButNotRewritten() {
        assertThat(Comparison.beyond(new Footprint(List.of(done(T, Deed.SCANNED, true))), CATALOG)).isEmpty();
        assertThat(Comparison.beyond(new Footprint(List.of(done(T, Deed.SCANNED, false))), CATALOG))
                .singleElement()
                .satisfies(mismatch -> assertThat(mismatch.fact()).startsWith("It reads every row of table public.t"));
        assertThat(Comparison.beyond(new Footprint(List.of(done(T, Deed.REWRITTEN, true))), CATALOG)).hasSize(1);
    }

    @Test
    void letsANewTableBeFilledAndIndexed() {
        Trace index = new Trace(
                QualifiedName.of("public", "new_pkey"), RelationKind.INDEX, List.of(OTHER, T), Lock.ACCESS_EXCLUSIVE,
                Set.of(Deed.CREATED, Deed.BUILT), false);
        Trace table = new Trace(OTHER, RelationKind.TABLE, List.of(T), Lock.ACCESS_EXCLUSIVE,
                Set.of(Deed.CREATED, Deed.SCANNED), false);
        assertThat(Comparison.beyond(new Footprint(List.of(table, index)), CATALOG)).isEmpty();
        assertThat(Comparison.beyond(new Footprint(List.of(index)), CATALOG)).hasSize(1);
    }

    @Test
    void saysWhereAPlanFrightensWithoutNeed() {
        Footprint footprint = new Footprint(List.of(table(T, Lock.ROW_SHARE)));
        assertThat(Comparison.overstated(footprint, WEAK))
                .extracting(Mismatch::fact)
                .containsExactly(
                        "The plan names lock SHARE UPDATE EXCLUSIVE on public.t; the strongest that is held there is"
                                + " ROW SHARE.",
                        "The plan says of table public.t that the step reads every row; it changes the catalog only.");
    }

    @Test
    void looksForTheWorkWhereThePlanLocks() {
        Prediction elsewhere = new Prediction(
                T, Lock.NONE, Work.CATALOG, List.of(new RelationLock(OTHER, Lock.ACCESS_EXCLUSIVE, Work.SCAN)));
        assertThat(Comparison.overstated(new Footprint(List.of(done(OTHER, Deed.SCANNED, false))), elsewhere))
                .isEmpty();
        assertThat(Comparison.overstated(new Footprint(List.of(table(OTHER, Lock.ACCESS_EXCLUSIVE))), elsewhere))
                .extracting(Mismatch::fact)
                .containsExactly("The plan says of table " + OTHER + " that the step reads every row; it changes the"
                        + " catalog only.");
    }

    @Test
    void holdsEachRelationToWhatIsPlannedThere() {
        Prediction own = new Prediction(
                T, Lock.ACCESS_EXCLUSIVE, Work.REWRITE, List.of(new RelationLock(OTHER, Lock.ACCESS_EXCLUSIVE)));
        Footprint both = new Footprint(
                List.of(done(T, Deed.REWRITTEN, false), done(OTHER, Deed.SCANNED, false)));
        assertThat(Comparison.beyond(both, own))
                .extracting(Mismatch::fact)
                .containsExactly(
                        "It reads every row of table public.other under lock ACCESS EXCLUSIVE; the plan says that"
                                + " it changes the catalog only.");
        Prediction other = new Prediction(
                T, Lock.ACCESS_EXCLUSIVE, Work.CATALOG,
                List.of(new RelationLock(OTHER, Lock.ACCESS_EXCLUSIVE, Work.SCAN)));
        assertThat(Comparison.beyond(both, other)).extracting(Mismatch::object).containsExactly("table public.t");
        assertThat(Comparison.overstated(new Footprint(List.of(done(T, Deed.SCANNED, false),
                table(OTHER, Lock.ACCESS_EXCLUSIVE))), other))
                .extracting(Mismatch::object)
                .containsExactly("table public.other");
    }

    @Test
    void saysWhatAFileWouldHaveToSay() {
        Footprint rewrite = new Footprint(List.of(done(T, Deed.REWRITTEN, false)));
        assertThat(Comparison.beyond(rewrite, WEAK))
                .extracting(Mismatch::allowance)
                .containsExactly("lock: access_exclusive", "work: rewrite");
        assertThat(Comparison.beyond(new Footprint(List.of(table(OTHER, Lock.SHARE))), CATALOG))
                .extracting(Mismatch::allowance)
                .containsExactly("also_locks: {public.other: share}");
    }

    @Test
    void countsAnEmptyCopyAsFull() {
        Footprint copy = new Footprint(List.of(done(T, Deed.SCANNED, true)));
        assertThat(Comparison.beyond(copy, CATALOG)).isEmpty();
        assertThat(Comparison.beyond(copy.asIfFull(), CATALOG)).hasSize(1);
    }

    private static Trace table(QualifiedName name, Lock lock) {
        return new Trace(name, RelationKind.TABLE, List.of(), lock, Set.of(), false);
    }

    private static Trace created(QualifiedName name) {
        return new Trace(name, RelationKind.TABLE, List.of(), Lock.ACCESS_EXCLUSIVE, Set.of(Deed.CREATED), false);
    }

    private static Trace done(QualifiedName name, Deed deed, boolean empty) {
        return new Trace(name, RelationKind.TABLE, List.of(), Lock.ACCESS_EXCLUSIVE, Set.of(deed), empty);
    }
}
