package dev.neap.change.operation;

import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Index;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.Map;

/**
 * Drops an index while everyone reads and writes: under {@code operations} first of all, so that a backfill need not
 * maintain it; under {@code contract} last of all.
 */
public record DropIndex(Identifier name) implements Operation {

    @Override
    public String keyword() {
        return "drop_index";
    }

    @Override
    public Map<String, String> outline() {
        return Map.of("name", name.value());
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.Removal(at + ".name", name));
    }

    @Override
    public List<Neighbour> neighbours(String at, Table table, Names names) {
        return LeafSteps.neighbours(table);
    }

    @Override
    public List<Problem> check(Target target) {
        return mustBePlain(target, name, "drop it with drop_constraint");
    }

    /** The problem of an index that is not there, or that is a constraint's; empty if there is none. */
    static List<Problem> mustBePlain(Target target, Identifier name, String remedy) {
        if (target.table().constraint(name).isPresent()) {
            return List.of(target.problem(
                    "name",
                    "Index %s belongs to a constraint of table %s.".formatted(name, target.table().name()),
                    Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + "."));
        }
        if (target.table().index(name).isPresent()) {
            return List.of();
        }
        return List.of(target.problem(
                "name",
                "Table %s has no index %s.".formatted(target.table().name(), name),
                Nearest.remedy(name, target.table().indexes().stream().map(Index::name).toList())));
    }

    @Override
    public Table after(Target target) {
        return target.table()
                .withIndexes(target.table().indexes().stream().filter(index -> !index.name().equals(name)).toList());
    }

    @Override
    public Parts parts(Target target) {
        if (target.inContract()) {
            return Parts.none()
                    .contract(drop(target, Phase.CONTRACT, name))
                    .gate("no query of the running code needs index " + name);
        }
        IndexText text = target.answers().renamed(target.at() + ".name").indexes().getFirst();
        List<DdlStep> again = new IndexSteps(
                name, text.unique(), text.tail(), text.settings(target.table().name().sibling(name)))
                .of(target.with(after(target)));
        return Parts.none()
                .expand(drop(target, Phase.EXPAND, name)
                        .undoneBy(Undo.by("build index " + name + " again", again)));
    }

    /** Shared with operations that build another one first. */
    static DdlStep drop(Target target, Phase phase, Identifier index) {
        if (LeafSteps.isPartitioned(target.table())) {
            Undo drop = IndexSteps.drop(target, index);
            return DdlStep.catalogOnly(
                    phase, "drop-index", drop.title(), drop.undoneWhen(), drop.sql().toArray(String[]::new));
        }
        return DdlStep.catalogOnly(
                phase,
                "drop-index",
                "drop index " + index,
                new Fact.HasIndex(index).negated(),
                // An invalid index of that name, which an interrupted drop leaves, is dropped before the statement is sent.
                "DROP INDEX CONCURRENTLY IF EXISTS " + target.table().name().sibling(index))
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.CATALOG)
                .concurrently(index);
    }
}
