package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.stream.Stream;

/**
 * The trigger by which a change learns of the rows that clients move: how it comes and goes.
 *
 * @param walk in whose order rows move
 * @param function that it calls, as SQL
 * @param leftovers statements that take away what it wrote
 */
record FollowTrigger(Table table, Walk walk, Identifier trigger, String function, List<String> leftovers) {

    /**
     * The step before the first chunk.
     *
     * @param after whether it fires when the row is written, not before
     * @param moves the condition under which it fires
     * @param creation of the function
     */
    DdlStep create(String title, boolean after, String moves, String creation) {
        Fact exists = new Fact.HasTrigger(trigger);
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "follow",
                title,
                exists,
                SearchPath.FIXED,
                creation,
                "CREATE TRIGGER %s %s UPDATE%s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %s()"
                        .formatted(
                                trigger,
                                after ? "AFTER" : "BEFORE",
                                Moves.columns(walk, table),
                                table.name(),
                                moves,
                                function),
                AlwaysOn.statement(table.name(), trigger))
                .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)
                .undoneBy(Undo.catalogOnly("drop the move trigger", exists.negated(), dropStatements()));
    }

    /** The step after the verification. */
    DdlStep drop() {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "drop-follow",
                "drop the move trigger",
                new Fact.HasTrigger(trigger).negated(),
                dropStatements());
    }

    private String[] dropStatements() {
        return TriggerDrop.statements(
                table,
                List.of(trigger),
                Stream.concat(Stream.of("DROP FUNCTION IF EXISTS " + function + "()"), leftovers.stream())
                        .toArray(String[]::new));
    }
}
