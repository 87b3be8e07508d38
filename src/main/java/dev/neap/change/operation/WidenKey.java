package dev.neap.change.operation;

import dev.neap.catalog.Column;
import dev.neap.catalog.Index;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Reference;
import dev.neap.catalog.Retyped;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives a primary key a wider integer type, and with it every column that references it, in whatever table.
 *
 * <p>Each column is succeeded by a wider one ({@link Succession}). Once all new columns are right, and their references
 * validated against the new key, the referencing columns change places, then the old foreign keys go, then the key itself
 * changes places; each in a short transaction of its own, so that at every moment a validated foreign key guards every
 * reference.
 *
 * @param column the primary key, alone
 * @param type {@code bigint}, or {@code integer} for a smaller one
 */
public record WidenKey(Identifier column, String type) implements Operation {

    @Override
    public String keyword() {
        return "widen_key";
    }

    @Override
    public Map<String, String> outline() {
        return Map.of("column", column.value(), "type", type);
    }

    /** All of them are asked once the tables are known. */
    @Override
    public List<Probe> probes(String at) {
        return List.of();
    }

    @Override
    public List<Neighbour> neighbours(String at, Table table, Names names) {
        if (table.column(column).isEmpty()) {
            return List.of();
        }
        return Stream.concat(Stream.of(table.name()), references(table).stream().map(Reference::holder))
                .distinct()
                .map(name -> new Neighbour(name, holder -> columns(table, holder)
                        .stream()
                        .filter(found -> IntegerRange.of(found.type()).filter(this::widens).isPresent())
                        .map(found -> retype(
                                at, table, holder, found,
                                name.equals(table.name()) ? names : names.on(name)))
                        .toList()))
                .toList();
    }

    private Probe retype(String at, Table own, Table holder, Column found, Names names) {
        return new Probe.Retype(
                path(at, own, holder, found.name()),
                found.name(),
                new Probe.NewType(
                        type,
                        Optional.empty(),
                        Optional.empty(),
                        IntegerRange.of(found.type()).map(range -> range.within(found.name()))),
                names.successor(found.name()),
                names.predecessor(found.name()));
    }

    /** What is said of a column stands under its table's name, but for the key itself. */
    private String path(String at, Table own, Table holder, Identifier name) {
        return holder.name().equals(own.name()) && name.equals(column) ? at : at + "." + holder.name() + "." + name;
    }

    private List<Reference> references(Table table) {
        return table.references()
                .stream()
                .filter(reference -> reference.kind() == Reference.Kind.FOREIGN_KEY
                        && reference.columns().equals(List.of(column)))
                .toList();
    }

    /** The columns of a table that have to be as wide as the key: the key itself first. */
    private List<Column> columns(Table own, Table holder) {
        Stream<Identifier> key = holder.name().equals(own.name()) ? Stream.of(column) : Stream.empty();
        return Stream.concat(key, keyReferences(own, holder).stream().map(KeyReference::column))
                .distinct()
                .flatMap(name -> holder.column(name).stream())
                .toList();
    }

    private List<KeyReference> keyReferences(Table own, Table holder) {
        return references(own).stream()
                .filter(reference -> reference.holder().equals(holder.name()))
                .flatMap(reference -> holder.constraint(reference.name()).stream())
                .map(constraint -> KeyReference.of(holder, constraint))
                .toList();
    }

    private boolean widens(IntegerRange range) {
        return IntegerRange.of(type).filter(range::isNarrowerThan).isPresent();
    }

    /** The change's own table first. */
    private static List<Target> targets(Target target) {
        return Stream.concat(Stream.of(target), target.neighbours().stream().map(target::on)).toList();
    }

    @Override
    public List<Problem> check(Target target) {
        if (target.table().column(column).isEmpty()) {
            return target.mustHave("column", column);
        }
        List<Problem> problems = new ArrayList<>(mustBeTheKey(target));
        for (Target each : targets(target)) {
            List<Column> columns = columns(target.table(), each.table());
            if (columns.isEmpty()) {
                continue;
            }
            if (each.table().kind() == Table.Kind.PARTITIONED) {
                problems.add(target.problem(
                        "column",
                        "Table %s is partitioned, and PostgreSQL builds no index on it concurrently."
                                .formatted(each.table().name()),
                        "Put a new table in its place, with the wider type, by partition_table."));
                continue;
            }
            columns.forEach(found -> problems.addAll(mustBeReplaceable(target, each, found)));
            problems.addAll(mustNotMeet(each, columns));
            keyReferences(target.table(), each.table())
                    .forEach(reference -> problems.addAll(reference.problems(target)));
        }
        return problems;
    }

    private List<Problem> mustBeTheKey(Target target) {
        Optional<Index> primary = target.table().indexes().stream().filter(Index::primary).findFirst();
        boolean alone = primary
                .filter(index -> index.keys().size() == 1 && index.uses(column) && index.immediate())
                .isPresent();
        return alone
                ? List.of()
                : List.of(target.problem(
                        "column",
                        "Column %s is not, by itself, the primary key of table %s."
                                .formatted(column, target.table().name()),
                        "Name the column that is, or give this one another type by change_type."));
    }

    private List<Problem> mustBeReplaceable(Target target, Target each, Column found) {
        Optional<IntegerRange> range = IntegerRange.of(found.type());
        if (range.filter(this::widens).isEmpty()) {
            return List.of(target.problem(
                    "type",
                    "Column %s of table %s is of type %s, which %s does not widen."
                            .formatted(found.name(), each.table().name(), found.type(), type),
                    "Choose bigint for a key of type integer or smallint; give back a column that is wider already the type"
                            + " of its key first."));
        }
        Target asked = new Target(
                target.at(), withoutKeyReferences(target, each), target.answers(), each.names(), target.neighbours());
        return new Replaceable(asked, found.name()).problems();
    }

    /** What references the key is taken along; whatever else refers to a column stands in the way. */
    private Table withoutKeyReferences(Target target, Target each) {
        Table table = each.table();
        List<Reference> taken = table.name().equals(target.table().name()) ? references(table) : List.of();
        return new Table(
                table.name(),
                table.oid(),
                table.kind(),
                table.columns(),
                table.indexes(),
                table.constraints(),
                table.triggers(),
                table.references().stream().filter(reference -> !taken.contains(reference)).toList(),
                table.shape(),
                table.server());
    }

    /** An index over two of the columns would have to be made over both new ones at once. */
    private static List<Problem> mustNotMeet(Target each, List<Column> columns) {
        return each.table()
                .indexes()
                .stream()
                .filter(index -> columns.stream().filter(found -> index.uses(found.name())).count() > 1)
                .map(index -> each.problem(
                        "column",
                        "Index %s of table %s uses two columns that have to be widened."
                                .formatted(index.name(), each.table().name()),
                        "Drop the index (or its constraint), and make it again once the change is completed."))
                .toList();
    }

    private Retyped retyped(Target target, Target each, Column found) {
        return target.answers()
                .retyped(path(target.at(), target.table(), each.table(), found.name()))
                .without(keyReferences(target.table(), each.table())
                        .stream()
                        .map(KeyReference::name)
                        .collect(Collectors.toSet()));
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        Table own = target.table();
        List<KeyReference.Placed> references = targets(target).stream()
                .flatMap(each -> keyReferences(own, each.table())
                        .stream()
                        .map(reference -> new KeyReference.Placed(reference, target, each, column)))
                .toList();
        Parts parts = Parts.none();
        for (Target each : targets(target)) {
            QualifiedName name = each.table().name();
            Parts share = Parts.none();
            for (Column found : columns(own, each.table())) {
                boolean key = name.equals(own.name()) && found.name().equals(column);
                share = share.plus(new KeyColumn(each, found, retyped(target, each, found))
                        .parts(key, key ? references : List.of()));
            }
            parts = parts.plus(name.equals(own.name()) ? share : share.on(name));
        }
        for (KeyReference.Placed reference : references) {
            parts = parts.constrain(reference.point()).contract(reference.rename());
            parts = reference.dropOld().map(parts::release).orElse(parts);
        }
        return parts.gate("no running code takes %s of table %s, or a reference to it, for %s"
                .formatted(column, own.name(), own.column(column).map(Column::type).orElse(type)));
    }
}
