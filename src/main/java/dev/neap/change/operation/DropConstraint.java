package dev.neap.change.operation;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.Renamed;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drops a constraint: under {@code operations} first of all, for new code that needs to be free of it; under
 * {@code contract} last of all, when no code relies on it any more. Made again, it is made the safe way.
 */
public record DropConstraint(Identifier name) implements Operation {

    private static final Pattern DEFERRAL = Pattern.compile(".*?( DEFERRABLE(?: INITIALLY DEFERRED)?)?",
            Pattern.DOTALL);
    private static final Pattern CHECK = Pattern.compile("CHECK (\\(.*\\))[A-Z ]*", Pattern.DOTALL);

    @Override
    public String keyword() {
        return "drop_constraint";
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
        return table.constraint(name)
                .filter(it -> it.kind() == Constraint.Kind.FOREIGN_KEY && ConstraintSteps.isByPartition(table))
                .map(it -> LeafSteps.neighbours(table))
                .orElse(List.of());
    }

    @Override
    public List<Problem> check(Target target) {
        Optional<Constraint> constraint = target.table().constraint(name);
        if (constraint.isEmpty()) {
            return List.of(target.problem(
                    "name",
                    "Table %s has no constraint %s.".formatted(target.table().name(), name),
                    Nearest.remedy(name, target.table().constraints().stream().map(Constraint::name).toList())));
        }
        return switch (constraint.get().kind()) {
            case CHECK, FOREIGN_KEY, PRIMARY_KEY, UNIQUE, EXCLUDE -> List.of();
            case NOT_NULL -> List.of(target.problem(
                    "name",
                    "Constraint %s is a NOT NULL.".formatted(name),
                    "Use drop_not_null: {column: %s}."
                            .formatted(constraint.get()
                                    .columns()
                                    .stream()
                                    .findFirst()
                                    .map(Identifier::value)
                                    .orElse(""))));
            case TRIGGER -> List.of(target.problem(
                    "name", "Constraint %s is a trigger.".formatted(name), "DROP TRIGGER it by hand."));
        };
    }

    @Override
    public Table after(Target target) {
        return target.table()
                .withConstraints(target.table().constraints().stream().filter(c -> !c.name().equals(name)).toList())
                .withIndexes(target.table().indexes().stream().filter(i -> !i.name().equals(name)).toList());
    }

    @Override
    public Parts parts(Target target) {
        Constraint constraint = target.table().constraint(name).orElseThrow();
        DdlStep alone = DdlStep.catalogOnly(
                target.inContract() ? Phase.CONTRACT : Phase.EXPAND,
                "drop-constraint",
                "drop " + words(constraint) + " " + name
                        + Referenced.by(constraint).map(table -> " (it locks " + table + " too)").orElse(""),
                new Fact.HasConstraint(name).negated(),
                target.alterTable() + " DROP CONSTRAINT " + name);
        DdlStep drop = Referenced.by(constraint)
                .filter(other -> !other.equals(target.table().name()))
                .map(other -> alone.alsoLocking(other, Lock.ACCESS_EXCLUSIVE))
                .orElse(alone);
        if (target.inContract()) {
            return Parts.none()
                    .contract(drop)
                    .gate("no running code relies on " + words(constraint) + " " + name);
        }
        List<DdlStep> again = again(target, constraint);
        return Parts.none()
                .expand(again.isEmpty()
                        ? drop.irreversible(
                                "to make it again, its index would be built while writers wait; do that by hand if need be")
                        : drop.undoneBy(Undo.by("make " + words(constraint) + " " + name + " again", again)));
    }

    /** The steps that make it again; empty if there is no safe way. */
    private List<DdlStep> again(Target target, Constraint constraint) {
        Renamed texts = target.answers().renamed(target.at() + ".name");
        Target later = target.with(after(target));
        ConstraintSteps steps = new ConstraintSteps(later, name)
                .commented(texts.constraints().stream().findFirst().flatMap(ConstraintText::comment));
        Referenced.by(constraint).ifPresent(steps::referencing);
        return switch (constraint.kind()) {
            case CHECK, FOREIGN_KEY -> validated(later, steps, constraint);
            case UNIQUE -> byIndex(later, steps.unless(new OffendingRows(later.table()).duplicates(
                    constraint.columns(), texts.indexes().getFirst().tail().contains(" NULLS NOT DISTINCT"))),
                    constraint, "UNIQUE");
            case PRIMARY_KEY -> byIndex(
                    later, steps.unless(new OffendingRows(later.table()).duplicates(constraint.columns(), false)),
                    constraint, "PRIMARY KEY");
            case EXCLUDE, NOT_NULL, TRIGGER -> List.of();
        };
    }

    private static List<DdlStep> validated(Target target, ConstraintSteps steps, Constraint constraint) {
        String definition = constraint.definition();
        if (!constraint.validated()) {
            // NOT VALID or NOT ENFORCED, as it says itself.
            return List.of(steps.added(words(constraint), definition, ""));
        }
        Matcher check = CHECK.matcher(definition);
        if (check.matches()) {
            steps.unless(new OffendingRows(target.table())
                    .violations(constraint.name(), check.group(1), constraint.columns()));
        }
        Referenced.orphans(target.table(), constraint).ifPresent(steps::unless);
        return constraint.kind() == Constraint.Kind.FOREIGN_KEY
                ? steps.foreignKey(definition)
                : steps.validated(words(constraint), definition);
    }

    /** A key WITHOUT OVERLAPS has an index of another kind; and on a partitioned table none is built concurrently. */
    private List<DdlStep> byIndex(Target target, ConstraintSteps steps, Constraint constraint, String kind) {
        if (constraint.definition().contains("WITHOUT OVERLAPS") || target.table().kind() == Table.Kind.PARTITIONED) {
            return List.of();
        }
        Matcher deferral = DEFERRAL.matcher(constraint.definition());
        String suffix = deferral.matches() ? Optional.ofNullable(deferral.group(1)).orElse("") : "";
        String tail = target.answers().renamed(target.at() + ".name").indexes().getFirst().tail();
        return steps.byIndex(kind, tail, suffix, "");
    }

    private static String words(Constraint constraint) {
        return switch (constraint.kind()) {
            case CHECK -> "check";
            case FOREIGN_KEY -> "foreign key";
            case NOT_NULL -> "not null";
            case PRIMARY_KEY -> "primary key";
            case UNIQUE -> "unique constraint";
            case EXCLUDE -> "exclusion constraint";
            case TRIGGER -> "constraint trigger";
        };
    }
}
