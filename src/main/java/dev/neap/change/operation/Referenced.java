package dev.neap.change.operation;

import dev.neap.catalog.Constraint;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables that foreign keys reference: PostgreSQL takes triggers off them when a foreign key goes. */
final class Referenced {

    private static final String WORD = "(\"(?:[^\"]|\"\")+\"|[^ .(\"]+)";
    private static final Pattern REFERENCES = Pattern.compile("REFERENCES " + WORD + "\\." + WORD + "\\(");

    private Referenced() {}

    /** The table that a constraint references; empty if it is no foreign key. */
    static Optional<QualifiedName> by(Constraint constraint) {
        Matcher matcher = REFERENCES.matcher(constraint.definition());
        return constraint.kind() == Constraint.Kind.FOREIGN_KEY && matcher.find()
                ? Optional.of(QualifiedName.of(bare(matcher.group(1)), bare(matcher.group(2))))
                : Optional.empty();
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
