package dev.neap.change.operation;

import dev.neap.catalog.Column;
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
import java.util.Optional;
import java.util.TreeMap;

/**
 * Drops a column, last of all, and only by the explicit command; its indexes and constraints go with it.
 *
 * @param down what the column gets, until then, in rows whose writer gives it no value: with it, new code that no longer
 *     knows the column works before the column is gone, also where the column is NOT NULL
 */
public record DropColumn(Identifier name, Optional<String> down) implements Operation {

    @Override
    public String keyword() {
        return "drop_column";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("name", name.value()));
        down.ifPresent(sql -> outline.put("down", sql));
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        return down.<List<Probe>>map(sql -> List.of(new Probe.Expression(at + ".down", sql, Optional.of(name))))
                .orElse(List.of());
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustHave("name", name));
        // Never CASCADE: what depends on the column is its owner's to decide about.
        problems.addAll(target.nothingRefersTo("name", name));
        if (down.isPresent()) {
            problems.addAll(target.mustFill("down", name, "Compute it from columns that new code writes."));
        }
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        Parts parts = down.map(sql -> Parts.none().sync(new SyncRule.FillNull(name, sql))).orElse(Parts.none());
        DdlStep drop = Referenced.locked(
                DdlStep.catalogOnly(
                        Phase.CONTRACT,
                        "drop-column",
                        "drop column " + name,
                        new Fact.HasColumn(name).negated(),
                        // In one transaction with the sync triggers, which have to go also if somebody dropped it by hand.
                        target.alterTable() + " DROP COLUMN IF EXISTS " + name),
                target,
                name);
        // What is computed can be computed again.
        boolean computed = target.table()
                .column(name)
                .filter(column -> column.origin() == Column.Origin.GENERATED)
                .isPresent();
        String lost = "the values of column " + name + " are gone with it";
        return parts.contract(computed ? drop.irreversible(lost) : drop.destroying(lost))
                .gate("no running code reads or writes column " + name + stillNeeded(target));
    }

    /** A trap of the way there: code that has forgotten the column can't insert while the column insists on a value. */
    private String stillNeeded(Target target) {
        boolean insists = target.table()
                .column(name)
                .filter(column -> column.notNull() && column.defaultSql().isEmpty())
                .isPresent();
        return insists && down.isEmpty()
                ? " (which is NOT NULL: until it is gone an INSERT must give it, or the operation a down)"
                : "";
    }
}
