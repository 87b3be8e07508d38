package dev.neap.run;

import dev.neap.catalog.Answers;
import dev.neap.catalog.CatalogReader;
import dev.neap.catalog.Complaint;
import dev.neap.catalog.Lookup;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Probed;
import dev.neap.catalog.Prober;
import dev.neap.catalog.Snapshot;
import dev.neap.catalog.Table;
import dev.neap.change.Change;
import dev.neap.change.Problem;
import dev.neap.change.operation.Names;
import dev.neap.change.operation.Nearest;
import dev.neap.change.operation.Operation;
import dev.neap.plan.Planner;
import dev.neap.plan.Refused;
import dev.neap.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Looks at the database with the eyes of a change. Changes nothing, and takes no lock that anyone would notice. */
public final class Inspection {

    private final CatalogReader catalog;
    private final Prober prober;

    public Inspection(DataSource dataSource) {
        this.catalog = new CatalogReader(dataSource);
        this.prober = new Prober(dataSource);
    }

    /**
     * The table as it is, and PostgreSQL's answers to what the change has to know.
     *
     * @throws Refused if the table is not there, or PostgreSQL refuses something that the change says
     */
    public Snapshot inspect(Change change) {
        Table table = find(change);
        Names names = new Names(change.name());
        List<Probe> probes = Planner.located(change)
                .stream()
                .flatMap(located -> located.operation().probes(located.at(), names).stream())
                .toList();
        Probed probed = prober.probe(table, probes);
        if (!probed.complaints().isEmpty()) {
            throw refused(probed, table);
        }
        return new Snapshot(table, probed.answers(), catalog.owns(table), neighbours(change, table, probed.answers()));
    }

    /** The tables that have to change with the change's own; what is answered about them is added to the answers. */
    private List<Table> neighbours(Change change, Table table, Answers answers) {
        Map<QualifiedName, Table> neighbours = new LinkedHashMap<>();
        for (Planner.Located located : Planner.located(change)) {
            for (Operation.Neighbour neighbour : located.operation()
                    .neighbours(located.at(), table, new Names(change.name()))) {
                Table other = catalog.table(neighbour.table())
                        .orElseThrow(() -> refused(
                                "%s has to change with table %s, and it is no table any more."
                                        .formatted(neighbour.table(), table.name()),
                                "Run the change again."));
                if (!other.name().equals(table.name())) {
                    neighbours.put(other.name(), other);
                }
                Probed probed = prober.probe(other, neighbour.probes().apply(other));
                if (!probed.complaints().isEmpty()) {
                    throw refused(probed, other);
                }
                answers.add(probed.answers());
            }
        }
        return List.copyOf(neighbours.values());
    }

    private static Refused refused(Probed probed, Table table) {
        return new Refused(probed.complaints()
                .stream()
                .map(complaint -> problem(complaint, table))
                .toList());
    }

    /** A table as it is, if it is one. */
    Optional<Table> table(QualifiedName name) {
        return catalog.lookup(name) instanceof Lookup.Found found ? Optional.of(found.table()) : Optional.empty();
    }

    private Table find(Change change) {
        return switch (catalog.lookup(change.table())) {
            case Lookup.Found found -> found.table();
            case Lookup.NotATable not ->
                throw refused(
                        "%s is %s, and only tables can be changed.".formatted(change.table(), not.words()),
                        "Name the table behind it.");
            case Lookup.Missing missing ->
                throw refused(
                        "There is no table %s in this database.".formatted(change.table()),
                        Nearest.of(
                                change.table().sql(),
                                missing.tables().stream().map(QualifiedName::sql).toList())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Check the name, its schema, and which database this is."));
        };
    }

    private static Refused refused(String fact, String remedy) {
        return new Refused(List.of(new Problem("table", fact, remedy)));
    }

    private static Problem problem(Complaint complaint, Table table) {
        return new Problem(
                complaint.at(),
                complaint.message(),
                complaint.hint()
                        .orElse("The columns of table " + table.name() + " are "
                                + String.join(", ", shown(table)) + "."));
    }

    private static List<String> shown(Table table) {
        List<String> names = table.columnNames().stream().map(name -> name.sql()).toList();
        return names.size() <= 12
                ? names
                : Stream.concat(names.subList(0, 12).stream(), Stream.of("…")).toList();
    }
}
