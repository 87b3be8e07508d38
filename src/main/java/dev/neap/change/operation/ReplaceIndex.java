package dev.neap.change.operation;

import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Index;
import dev.neap.catalog.IndexDefinition;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts a new index in the place of an old one of the same name, while everyone reads and writes. The new one is built
 * under another name; both names change in one short transaction, so that there is an index of that name at every moment.
 *
 * <p>One that is defined otherwise takes the place only in the contract: until then both are there, and a rollback, if
 * queries miss the old one after all, is a matter of milliseconds. One with the same definition, against bloat, takes it
 * right away.
 *
 * @param definition empty: the same again
 */
public record ReplaceIndex(Identifier name, Optional<IndexDefinition> definition) implements Operation {

    @Override
    public String keyword() {
        return "replace_index";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("name", name.value()));
        definition.ifPresent(index -> {
            outline.put("columns", String.join(", ", index.elements()));
            outline.put("unique", String.valueOf(index.unique()));
            index.using().ifPresent(method -> outline.put("using", method.value()));
            if (!index.include().isEmpty()) {
                outline.put("include", index.include().stream().map(Identifier::sql).collect(Collectors.joining(", ")));
            }
            if (index.nullsNotDistinct()) {
                outline.put("nulls_not_distinct", "true");
            }
            index.where().ifPresent(sql -> outline.put("where", sql));
        });
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        List<Probe> probes = new ArrayList<>(List.of(new Probe.Removal(at + ".name", name)));
        definition.ifPresent(index -> probes.add(new Probe.NewIndex(at, new Identifier("neap_successor"), index)));
        return probes;
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustNotBePartitioned());
        problems.addAll(DropIndex.mustBePlain(
                target,
                name,
                definition.isEmpty()
                        ? "rebuild it by hand: REINDEX INDEX CONCURRENTLY " + target.table().name().sibling(name)
                        : "add the other constraint first, and drop this one with drop_constraint"));
        if (definition.filter(IndexDefinition::nullsNotDistinct).isPresent()) {
            problems.addAll(target.mustKnowNullsNotDistinct());
        }
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        Identifier successor = target.names().successor(name);
        Identifier predecessor = target.names().retired(name);
        IndexText old = target.answers().renamed(target.at() + ".name").indexes().getFirst();
        if (definition.isPresent()) {
            DdlStep build = CreateIndex.build(
                    target, successor, definition.get().unique(), definition.get().tail(target.table().columnNames()));
            return Parts.none()
                    .constrain(List.of(build))
                    .contract(
                            swap(target, Phase.CONTRACT, old.untargeted()),
                            DropIndex.drop(target, Phase.CONTRACT, predecessor))
                    .gate("no query of the running code needs index " + name + " as it was, now that " + successor
                            + " is there");
        }
        boolean unique = target.table().index(name).map(Index::unique).orElse(false);
        return Parts.none()
                .constrain(List.of(
                        CreateIndex.build(target, successor, unique, old.tail()),
                        swap(target, Phase.CONSTRAIN, old).undoneBy(swapBack(target)),
                        DropIndex.drop(target, Phase.CONSTRAIN, predecessor)));
    }

    private DdlStep swap(Target target, Phase phase, IndexText old) {
        Identifier successor = target.names().successor(name);
        List<String> sql = new ArrayList<>();
        sql.add(rename(target, name, target.names().retired(name)));
        sql.add(rename(target, successor, name));
        sql.addAll(old.settings(target.table().name().sibling(name)));
        return DdlStep.catalogOnly(
                phase,
                "swap-index",
                "put " + successor + " in the place of " + name,
                new Fact.HasIndex(successor).negated(),
                sql.toArray(String[]::new))
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.CATALOG);
    }

    /** Once the old one is gone there is nothing to put back, and the new one is the same. */
    private Undo swapBack(Target target) {
        Identifier predecessor = target.names().retired(name);
        return new Undo(
                "put the old index " + name + " back in its place",
                List.of(
                        rename(target, name, target.names().successor(name)),
                        rename(target, predecessor, name)),
                Lock.SHARE_UPDATE_EXCLUSIVE,
                Conduct.TRANSACTION,
                new Fact.HasIndex(predecessor).negated());
    }

    /** Somebody may have dropped it by hand. */
    private static String rename(Target target, Identifier from, Identifier to) {
        return "ALTER INDEX IF EXISTS " + target.table().name().sibling(from) + " RENAME TO " + to;
    }
}
