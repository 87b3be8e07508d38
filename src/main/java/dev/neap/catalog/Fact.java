package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.Optional;

/**
 * Something that is so or not so in the catalog. Every DDL step names the fact that makes it unnecessary, which is how a
 * step may run twice: the catalog is asked, not a blind {@code IF NOT EXISTS}.
 */
public sealed interface Fact {

    /** Where a fact looks to see whether it holds. */
    interface Sight {

        /** The table of the change, read when it is first asked for: only facts about it need it to be there. */
        Table table();

        /** What the server answers to a question. */
        boolean says(String sql);

        /** A table that was read before. No question can be asked there; each counts as answered with no. */
        static Sight of(Table table) {
            return new Sight() {
                @Override
                public Table table() {
                    return table;
                }

                @Override
                public boolean says(String sql) {
                    return false;
                }
            };
        }
    }

    boolean holds(Sight sight);

    /** Whether it holds of a table that was read before, as far as that alone tells. */
    default boolean holds(Table table) {
        return holds(Sight.of(table));
    }

    /** The table has the column. */
    record HasColumn(Identifier column) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().column(column).isPresent();
        }
    }

    /** The column exists and is NOT NULL. */
    record IsNotNull(Identifier column) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().column(column).map(Column::notNull).orElse(false);
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
        public boolean holds(Sight sight) {
            return sight.table()
                    .column(column)
                    .filter(found -> found.type().equals(type) && found.collation().equals(collation))
                    .isPresent();
        }
    }

    /** The column exists and has a default. */
    record HasDefault(Identifier column) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().column(column).flatMap(Column::defaultSql).isPresent();
        }
    }

    /**
     * The column exists and has this default.
     *
     * @param sql as PostgreSQL prints it with an empty search_path
     */
    record HasDefaultOf(Identifier column, String sql) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().column(column).flatMap(Column::defaultSql).equals(Optional.of(sql));
        }
    }

    /** The constraint exists, valid or not. */
    record HasConstraint(Identifier constraint) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().constraint(constraint).isPresent();
        }
    }

    /** The constraint exists and every row is known to keep it. */
    record IsValidated(Identifier constraint) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().constraint(constraint).map(Constraint::validated).orElse(false);
        }
    }

    /** The index exists, usable or not. */
    record HasIndex(Identifier index) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().index(index).isPresent();
        }
    }

    /** The index exists and queries may use it. */
    record HasValidIndex(Identifier index) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().index(index).map(Index::valid).orElse(false);
        }
    }

    /** The trigger exists on the table. */
    record HasTrigger(Identifier trigger) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.table().trigger(trigger).isPresent();
        }
    }

    /** The other fact does not hold. */
    record Not(Fact fact) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return !fact.holds(sight);
        }
    }

    /** Both of two facts hold. */
    record And(Fact left, Fact right) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return left.holds(sight) && right.holds(sight);
        }
    }

    /** Either of two facts holds. */
    record Or(Fact left, Fact right) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return left.holds(sight) || right.holds(sight);
        }
    }

    /**
     * What the server answers to a question of the step's own, for what {@link Table} does not show: other relations, or
     * the table itself where it may have another name by now. The table need not be there.
     *
     * @param sql a query of one boolean; names are qualified, and it means the same whatever the search_path is
     * @param words what is so, for a reader: {@code table public.members is there}
     */
    record Says(String sql, String words) implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return sight.says(sql);
        }
    }

    /** Never so: the step runs each time it is reached, which must be harmless. */
    record Never() implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return false;
        }
    }

    /**
     * What only the run's own record tells: it is written in the transaction of the step itself, so that both are there or
     * neither. Of a step that it is done, of an undoing that there is nothing to undo. No catalog knows.
     */
    record Recorded() implements Fact {
        @Override
        public boolean holds(Sight sight) {
            return false;
        }
    }

    default Fact negated() {
        return new Not(this);
    }
}
