package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Surroundings.Grant;
import dev.neap.catalog.Surroundings.Ownership;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Renames a table under the feet of code that knows the old name: in the same transaction a view takes the old name, through
 * which that code goes on reading and writing. The contract drops the view.
 *
 * <p>Names of sequences, constraints and indexes stay as they are: nothing that runs asks for them by the table's name.
 *
 * @param to the new name, in the same schema
 * @param view whether a view takes the old name
 */
public record RenameTable(Identifier to, boolean view) implements Operation {

    @Override
    public String keyword() {
        return "rename_table";
    }

    @Override
    public Map<String, String> outline() {
        return Map.of("to", to.value(), "view", Boolean.toString(view));
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.Around(at, List.of(to)));
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public List<Problem> check(Target target) {
        Surroundings around = target.answers().surroundings(target.at());
        List<Problem> problems = new ArrayList<>();
        if (to.equals(target.table().name().name())) {
            problems.add(target.problem(
                    "to",
                    "Table %s is called %s already.".formatted(target.table().name(), to),
                    "Write another name."));
        } else if (!around.taken().isEmpty()) {
            problems.add(target.problem(
                    "to",
                    "Schema %s already has a relation or type %s.".formatted(target.table().name().schema(), to),
                    "Choose another name."));
        }
        problems.addAll(new TableChecks(target, around).mustNotBePublished("a subscriber looks it up by its name"));
        boolean secured = view && around.ownership().rowSecurity();
        if (secured && around.ownership().grants().stream().anyMatch(Grant::isForColumns)) {
            problems.add(target.problem(
                    "view",
                    "Table %s has row security and grants of single columns, which no view can give both."
                            .formatted(target.table().name()),
                    "Let the code ask for the new name at the moment of the rename: view: false."));
        }
        if (secured && target.table().server().major() < 15) {
            problems.add(target.problem(
                    "view",
                    ("Table %s has row security, and before PostgreSQL 15 a view reads with its owner's rights: code that"
                            + " goes through it would see every row.").formatted(target.table().name()),
                    "Let the code ask for the new name at the moment of the rename: view: false."));
        }
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        QualifiedName old = target.table().name();
        QualifiedName renamed = old.sibling(to);
        Fact done = Relations.isCalled(target.table().oid(), to);
        List<String> sql = new ArrayList<>();
        sql.add("ALTER TABLE " + old + " RENAME TO " + to);
        List<String> back = new ArrayList<>();
        if (view) {
            sql.addAll(view(target, renamed));
            back.add("DROP VIEW IF EXISTS " + old);
        }
        back.add("ALTER TABLE " + renamed + " RENAME TO " + old.name());
        DdlStep rename = DdlStep.catalogOnly(
                Phase.EXPAND,
                "rename-table",
                "call table " + old + " " + to + (view ? ", and leave a view under the old name" : ""),
                done,
                sql.toArray(String[]::new))
                .undoneBy(new Undo(
                        "call table " + renamed + " " + old.name() + " again",
                        back,
                        // Of the old name there is the view, or nothing.
                        view ? Lock.ACCESS_EXCLUSIVE : Lock.NONE,
                        Conduct.TRANSACTION,
                        Relations.isCalled(target.table().oid(), old.name()))
                        .alsoLocking(renamed, Lock.ACCESS_EXCLUSIVE));
        Parts parts = Parts.none().expand(rename);
        return view
                ? parts.contract(drop(old))
                        .gate("no running code uses %s any more; all use %s".formatted(old, renamed))
                : parts;
    }

    private static DdlStep drop(QualifiedName old) {
        return DdlStep.catalogOnly(
                Phase.CONTRACT,
                "drop-view",
                "drop view " + old,
                Relations.isView(old).negated(),
                "DROP VIEW " + old)
                .irreversible("code that still uses the old name fails");
    }

    /** Columns by name, so that one that is added later does not come in by a replacement of the view. */
    private List<String> view(Target target, QualifiedName renamed) {
        QualifiedName name = target.table().name();
        Ownership ownership = target.answers().surroundings(target.at()).ownership();
        String columns = target.table()
                .columnNames()
                .stream()
                .map(Identifier::sql)
                .collect(Collectors.joining(", "));
        // Else the owner's rights, who may do anything with the table, and the same grants: security_invoker would ask whoever
        // may use some columns for the right to read all that the view has.
        String invoker = ownership.rowSecurity() ? " WITH (security_invoker = true)" : "";
        List<String> sql = new ArrayList<>();
        sql.add("CREATE VIEW " + name + invoker + " AS SELECT " + columns + " FROM " + renamed);
        sql.add("COMMENT ON VIEW " + name + " IS "
                + Literal.of("Stands for table " + renamed + " until its change is completed."));
        if (!ownership.mine()) {
            sql.add("ALTER VIEW " + name + " OWNER TO " + ownership.owner());
        }
        ownership.grants().stream().filter(Grant::isForRows).map(grant -> grant.on(name)).forEach(sql::add);
        return sql;
    }
}
