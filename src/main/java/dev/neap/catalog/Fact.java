package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.Optional;

/**
 * Something that is so or not so in the catalog. Every DDL step names the fact that makes it unnecessary, which is how a
 * step may run twice: the catalog is asked, not a blind {@code IF NOT EXISTS}.
 */
public sealed interface Fact {

    boolean holds(Table table);

    /** The table has the column. */
    record HasColumn(Identifier column) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.column(column).isPresent();
        }
    }

    /** The column exists and is NOT NULL. */
    record IsNotNull(Identifier column) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.column(column).map(Column::notNull).orElse(false);
        }
    }

    /**
     * The column exists and has exactly this type.
     *
     * @param type as {@code format_type} prints it
     * @param collation as {@link Column#collation}
     */
    record IsOfType(Identifier column, String type, Optional<String> collation) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.column(column)
                    .filter(found -> found.type().equals(type) && found.collation().equals(collation))
                    .isPresent();
        }
    }

    /** The column exists and has a default. */
    record HasDefault(Identifier column) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.column(column).flatMap(Column::defaultSql).isPresent();
        }
    }

    /** The constraint exists, valid or not. */
    record HasConstraint(Identifier constraint) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.constraint(constraint).isPresent();
        }
    }

    /** The constraint exists and every row is known to keep it. */
    record IsValidated(Identifier constraint) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.constraint(constraint).map(Constraint::validated).orElse(false);
        }
    }

    /** The index exists, usable or not. */
    record HasIndex(Identifier index) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.index(index).isPresent();
        }
    }

    /** The index exists and queries may use it. */
    record HasValidIndex(Identifier index) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.index(index).map(Index::valid).orElse(false);
        }
    }

    /** The trigger exists on the table. */
    record HasTrigger(Identifier trigger) implements Fact {
        @Override
        public boolean holds(Table table) {
            return table.trigger(trigger).isPresent();
        }
    }

    /** The other fact does not hold. */
    record Not(Fact fact) implements Fact {
        @Override
        public boolean holds(Table table) {
            return !fact.holds(table);
        }
    }

    /** Both of two facts hold. */
    record And(Fact left, Fact right) implements Fact {
        @Override
        public boolean holds(Table table) {
            return left.holds(table) && right.holds(table);
        }
    }

    /** Either of two facts holds. */
    record Or(Fact left, Fact right) implements Fact {
        @Override
        public boolean holds(Table table) {
            return left.holds(table) || right.holds(table);
        }
    }

    /** Never so: the step runs each time it is reached, which must be harmless. */
    record Never() implements Fact {
        @Override
        public boolean holds(Table table) {
            return false;
        }
    }

    default Fact negated() {
        return new Not(this);
    }
}
