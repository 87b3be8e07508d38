package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Drops a column, last of all, and only by the explicit command; its indexes and constraints go with it. */
public record DropColumn(Identifier name) implements Operation {

    @Override
    public String keyword() {
        return "drop_column";
    }

    @Override
    public Map<String, String> outline() {
        return Map.of("name", name.value());
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of();
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustHave("name", name));
        // Never CASCADE: what depends on the column is its owner's to decide about.
        problems.addAll(target.nothingRefersTo("name", name));
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        return Parts.none()
                .contract(DdlStep.catalogOnly(
                                Phase.CONTRACT,
                                "drop-column",
                                "drop column " + name,
                                new Fact.HasColumn(name).negated(),
                                target.alterTable() + " DROP COLUMN " + name)
                        .irreversible("the values of column " + name + " are gone with it"))
                .gate("no running code reads or writes column " + name);
    }
}
