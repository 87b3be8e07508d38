package dev.neap.change.operation;

import dev.neap.catalog.Constraint;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Offenders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables that foreign keys reference: PostgreSQL takes triggers off them when a foreign key goes. */
final class Referenced {

    private static final String WORD = "(\"(?:[^\"]|\"\")+\"|[^ .(),\"]+)";
    private static final String LIST = "(" + WORD + "(?:, " + WORD + ")*)";
    private static final Pattern REFERENCES = Pattern.compile("REFERENCES " + WORD + "\\." + WORD + "\\(");
    private static final Pattern COLUMNS = Pattern.compile(REFERENCES.pattern() + LIST + "\\)");
    private static final Pattern ONE = Pattern.compile(WORD);

    private Referenced() {}

    /** The table that a constraint references; empty if it is no foreign key. */
    static Optional<QualifiedName> by(Constraint constraint) {
        Matcher matcher = REFERENCES.matcher(constraint.definition());
        return constraint.kind() == Constraint.Kind.FOREIGN_KEY && matcher.find()
                ? Optional.of(QualifiedName.of(bare(matcher.group(1)), bare(matcher.group(2))))
                : Optional.empty();
    }

    /** Rows that a foreign key would find orphans; empty if it is none, or one that compares periods. */
    static Optional<Offenders> orphans(Table table, Constraint constraint) {
        Matcher matcher = COLUMNS.matcher(constraint.definition());
        return by(constraint).filter(other -> matcher.find())
                .map(other -> new OffendingRows(table).orphans(
                        constraint.columns(),
                        new AddForeignKey.References(
                                other,
                                ONE.matcher(matcher.group(3))
                                        .results()
                                        .map(word -> bare(word.group()))
                                        .map(Identifier::new)
                                        .toList()),
                        constraint.definition().startsWith(" MATCH FULL", matcher.end())));
    }

    /** The problem of a column whose foreign key can't be NOT VALID, as one beside it would begin; empty if it can. */
    static List<Problem> mustTakeNotValid(Target target, String key, Identifier column) {
        return target.table()
                .constraints()
                .stream()
                .filter(it -> it.kind() == Constraint.Kind.FOREIGN_KEY && it.columns().contains(column))
                .filter(it -> ConstraintSteps.isByPartition(target.table()))
                .map(it -> target.problem(
                        key,
                        "Table %s is partitioned, and foreign key %s uses column %s; before PostgreSQL 18 it takes none NOT VALID."
                                .formatted(target.table().name(), it.name(), column),
                        "Drop the foreign key first, and add it again afterwards."))
                .limit(1)
                .toList();
    }

    private static String bare(String word) {
        return word.startsWith("\"") ? word.substring(1, word.length() - 1).replace("\"\"", "\"") : word;
    }

    /** A step that drops a column, and with it the column's foreign keys. */
    static DdlStep locked(DdlStep drop, Target target, Identifier column) {
        DdlStep locked = drop;
        for (Constraint constraint : target.table().constraints()) {
            Optional<QualifiedName> other = constraint.columns().contains(column)
                    ? by(constraint).filter(table -> !table.equals(target.table().name()))
                    : Optional.empty();
            if (other.isPresent()) {
                locked = locked.alsoLocking(other.get(), Lock.ACCESS_EXCLUSIVE);
            }
        }
        return locked;
    }
}
