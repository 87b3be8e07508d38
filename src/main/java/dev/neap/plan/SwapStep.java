package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.change.operation.Names;
import dev.neap.change.operation.Swap;
import dev.neap.change.operation.SyncRule;
import dev.neap.sql.Literal;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The short transaction in which columns change places and the sync triggers turn round: nobody ever sees the one without
 * the other.
 */
final class SwapStep {

    private final Table table;
    private final Walk walk;
    private final List<SyncRule> rules;
    private final Names names;

    /** @param rules of the sync triggers until then */
    SwapStep(Table table, Walk walk, List<SyncRule> rules, Names names) {
        this.table = table;
        this.walk = walk;
        this.rules = List.copyOf(rules);
        this.names = names;
    }

    /** So that queries are planned as well with the new columns as with the old ones, from the first one on. */
    DdlStep analyze() {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "analyze",
                "gather statistics of the new columns",
                new Fact.Never(),
                "ANALYZE " + table.name())
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
    }

    /**
     * @param swaps at least one
     * @param others those of other tables, made before this one, and to be taken back within its way back
     */
    DdlStep of(List<Swap> swaps, List<DdlStep> others) {
        List<SyncRule> turned = rules.stream().map(rule -> turned(rule, swaps)).toList();
        Fact swapped = swaps.stream().map(Swap::swapped).reduce(Fact.And::new).orElseThrow();
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "swap",
                swaps.stream().map(Swap::title).collect(Collectors.joining(", ")),
                swapped,
                statements(swaps.stream().flatMap(swap -> swap.forth().stream()), turned))
                .undoneBy(undo(swaps, others));
    }

    private Undo undo(List<Swap> swaps, List<DdlStep> others) {
        // Not that the old column is there no more: somebody may have dropped it by hand.
        Fact undone = swaps.stream().map(Swap::unswapped).reduce(Fact.And::new).orElseThrow();
        String title = swaps.stream().map(Swap::undoing).collect(Collectors.joining(", "));
        String[] sql = statements(swaps.reversed().stream().flatMap(swap -> swap.back().stream()), rules);
        List<DdlStep> first = Stream.of(
                swaps.stream().flatMap(swap -> swap.prelude().first().stream()),
                others.stream().flatMap(SwapStep::back),
                swaps.stream().flatMap(swap -> swap.prelude().then().stream()))
                .flatMap(steps -> steps)
                .toList();
        Undo undo = first.isEmpty()
                ? Undo.catalogOnly(title, undone, sql)
                : Undo.by(
                        title,
                        Stream.concat(
                                first.stream(),
                                Stream.of(DdlStep.catalogOnly(Phase.CONSTRAIN, "swap-back", title, undone, sql)))
                                .toList());
        return undo.unless(swaps.stream().flatMap(swap -> swap.prelude().obstacle().stream()).findFirst());
    }

    /** The way back of another table's swap; once it is done, the names that its steps mean are gone. */
    private static Stream<DdlStep> back(DdlStep swap) {
        Undo undo = swap.undo().orElseThrow();
        List<DdlStep> steps = undo.steps().isEmpty()
                ? List.of(DdlStep.catalogOnly(
                        Phase.CONSTRAIN, "swap-back", undo.title(), undo.undoneWhen(),
                        undo.sql().toArray(String[]::new)))
                : undo.steps();
        return steps.stream().map(step -> step.orElseWhen(undo.undoneWhen()).on(swap.on().orElseThrow()));
    }

    private static SyncRule turned(SyncRule rule, List<Swap> swaps) {
        return swaps.stream()
                .filter(swap -> swap.before().equals(rule))
                .findFirst()
                .map(Swap::after)
                .orElse(rule);
    }

    private String[] statements(Stream<String> renames, List<SyncRule> of) {
        return Stream.of(
                renames, new SyncTrigger(table, walk, of, names).remake().stream(), Stream.of(recompiled()))
                .flatMap(sql -> sql)
                .toArray(String[]::new);
    }

    /**
     * Sessions keep the plans of PL/pgSQL functions, and for a trigger's that reads a column whose type is another one now
     * they would fail ("type of parameter does not match that when preparing the plan") until they end. Whatever ALTER
     * FUNCTION says, it makes them compile the function anew.
     */
    private String recompiled() {
        return "DO " + Literal.dollarQuoted("neap", """

                DECLARE
                  neap_function record;
                BEGIN
                  FOR neap_function IN
                    SELECT DISTINCT CAST(p.oid AS regprocedure) AS name, p.procost AS cost
                    FROM pg_trigger t
                      JOIN pg_proc p ON p.oid = t.tgfoid
                      JOIN pg_language l ON l.oid = p.prolang
                    WHERE t.tgrelid = CAST(%s AS regclass) AND NOT t.tgisinternal AND l.lanname = 'plpgsql'
                      AND t.tgname NOT LIKE 'zzz\\_neap\\_%%' AND pg_has_role(p.proowner, 'USAGE')
                  LOOP
                    EXECUTE format('ALTER FUNCTION %%s COST %%s', neap_function.name, neap_function.cost);
                  END LOOP;
                END
                """
                .formatted(Literal.of(table.name().sql())));
    }
}
