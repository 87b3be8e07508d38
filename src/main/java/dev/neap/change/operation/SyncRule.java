package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import java.util.List;
import java.util.stream.Stream;

/** What a sync trigger does to a row that is written while a change runs. */
public sealed interface SyncRule {

    /** The columns whose writing makes the rule necessary. */
    List<Identifier> watched();

    /**
     * A column that follows from others.
     *
     * @param sources the columns that the expression reads
     */
    record Derived(Identifier column, String expression, List<Identifier> sources) implements SyncRule {
        public Derived {
            sources = List.copyOf(sources);
        }

        @Override
        public List<Identifier> watched() {
            return sources;
        }
    }

    /**
     * A column that follows from others and is right in every row already: it is computed anew only where one of them
     * changes, so that what it holds from before, and could not be made again, stays.
     *
     * @param sources the columns that the expression reads
     * @param made the column that has taken this one's name, and how it was made of this one, which the expression calls by
     *     that name
     */
    record Follows(Identifier column, String expression, List<Identifier> sources, Sides.Value made)
            implements
                SyncRule {
        public Follows {
            sources = List.copyOf(sources);
        }

        @Override
        public List<Identifier> watched() {
            return sources;
        }
    }

    /**
     * The columns that old code knows and those that new code knows, for one thing: whichever side is written, the other
     * follows. A row is right if either side is what the other makes of it; so what new code wrote is not made again from
     * what the old columns could keep of it. Where an UPDATE writes both, the new side counts; an INSERT that gives both must
     * give values that agree.
     *
     * @param fresh the new columns, each with what makes it from the old ones; at least one
     * @param past the old columns, each with what makes it from the new ones; at least one
     */
    record Sides(List<Value> fresh, List<Value> past) implements SyncRule {

        /**
         * A column and how it is made from the other side.
         *
         * @param type as {@code format_type} prints it
         * @param sources the columns that the expression reads
         */
        public record Value(Identifier column, String type, String expression, List<Identifier> sources) {
            public Value {
                sources = List.copyOf(sources);
            }
        }

        public Sides {
            fresh = List.copyOf(fresh);
            past = List.copyOf(past);
        }

        /** Two names for one value. */
        public static Sides mirror(Identifier old, Identifier renamed, String type) {
            return new Sides(
                    List.of(new Value(renamed, type, old.sql(), List.of(old))),
                    List.of(new Value(old, type, renamed.sql(), List.of(renamed))));
        }

        /** Whether both sides are one column with the same value. */
        public boolean mirrors() {
            return fresh.size() == 1
                    && past.size() == 1
                    && fresh.getFirst().expression().equals(past.getFirst().column().sql())
                    && past.getFirst().expression().equals(fresh.getFirst().column().sql());
        }

        /** The columns of both, the old ones first. */
        public List<Identifier> columns() {
            return Stream.concat(past.stream(), fresh.stream()).map(Value::column).toList();
        }

        @Override
        public List<Identifier> watched() {
            Stream<Identifier> sources = Stream.concat(fresh.stream(), past.stream())
                    .flatMap(value -> value.sources().stream());
            return Stream.concat(columns().stream(), sources).distinct().toList();
        }
    }

    /** A column that gets a value where a client writes NULL. */
    record FillNull(Identifier column, String expression) implements SyncRule {
        @Override
        public List<Identifier> watched() {
            return List.of(column);
        }
    }
}
