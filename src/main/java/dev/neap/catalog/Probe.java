package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question about a change that only PostgreSQL's own parser answers rightly. Probes run in order on an empty temporary
 * copy of the table, in a transaction that is rolled back: they take no lock on the table that any statement of an
 * application would notice.
 */
public sealed interface Probe {

    /** Where in the change file the question comes from, as a path: {@code operations[0].add_column.from}. */
    String at();

    /** Is the type known? The copy gets the column, so that later probes see it. Answer: {@link Answers#type}. */
    record NewColumn(String at, Identifier column, String type) implements Probe {}

    /**
     * Can the table have this column, computed when it is read? The copy gets it, so that later probes see it. Answer:
     * {@link Answers#type}.
     */
    record VirtualColumn(String at, Identifier column, String type, String from) implements Probe {

        /** What follows the type. */
        public static String clause(String from) {
            return "GENERATED ALWAYS AS (" + from + ") VIRTUAL";
        }
    }

    /**
     * What is this expression over the table's columns? Answer: {@link Answers#expression}.
     *
     * @param target the column that it will be assigned to, which must take its type; empty where any type will do
     */
    record Expression(String at, String sql, Optional<Identifier> target) implements Probe {}

    /** Is this a condition over the table's columns? Answer: {@link Answers#expression}. */
    record Condition(String at, String sql) implements Probe {}

    /** Would adding the column with this default rewrite the table? Answer: {@link Answers#rewrites}. */
    record Default(String at, Identifier column, String type, String sql) implements Probe {}

    /**
     * Can a column that is there have this default, and how does PostgreSQL print it? Answer: {@link Answers#text}.
     */
    record NewDefault(String at, Identifier column, String sql) implements Probe {}

    /**
     * Is this the definition of a foreign key that the table can have?
     *
     * @param into the table that it references
     * @param columns those of it that are referenced
     * @param definition from {@code FOREIGN KEY} on, with {@link #REFERENCED} for the referenced table
     */
    record NewForeignKey(String at, QualifiedName into, List<Identifier> columns, String definition)
            implements
                Probe {
        public NewForeignKey {
            columns = List.copyOf(columns);
        }

        /** The name of the referenced table's copy. */
        public static final String REFERENCED = "pg_temp.neap_referenced";
    }

    /**
     * Can the index or constraint be dropped without anything else going with it, and how is it made again? Answer:
     * {@link Answers#renamed}, under its own name; empty if there is none of that name.
     */
    record Removal(String at, Identifier name) implements Probe {}

    /** Can the index be built, and is its name free in the table's schema? */
    record NewIndex(String at, Identifier name, IndexDefinition definition) implements Probe {}

    /**
     * What is the table that rows are to go to, and do they fit there? Answer: {@link Answers#destination}.
     *
     * @param values its columns, each with an expression over the change's table that it has to take
     * @param mayBeMissing whether the change makes it
     */
    record NewRows(String at, QualifiedName into, Map<Identifier, String> values, boolean mayBeMissing)
            implements
                Probe {
        public NewRows {
            values = new LinkedHashMap<>(values);
        }
    }

    /**
     * How do the indexes and checks that use a column read once it is called otherwise? Answer: {@link Answers#renamed}.
     */
    record Rename(String at, Identifier from, Identifier to) implements Probe {}

    /**
     * What does it take to give a column another type? Answers: {@link Answers#retyped} at {@code at}, and
     * {@link Answers#expression} at {@code at.using} and {@code at.reverse}.
     *
     * @param fresh what the second column is called, until it takes the first one's name
     * @param past what the first one is called from then on
     */
    record Retype(String at, Identifier column, NewType type, Identifier fresh, Identifier past) implements Probe {}

    /**
     * A column's new type.
     *
     * @param type as it would stand in SQL
     * @param using SQL over the table's columns that makes the new value from the old; empty for a plain cast
     * @param reverse SQL that makes the old value from the new, which then bears the column's name; empty for a plain cast
     */
    record NewType(String type, Optional<Identifier> collation, Optional<String> using, Optional<String> reverse) {}

    /**
     * What is a table of another shape made of? Answers: {@link Answers#reshaped} at {@code at}; {@link Answers#type} and
     * {@link Answers#expression} of each new type at its own path, as for {@link Retype}; {@link Answers#expression} at
     * {@code at.fill.name} of each column that goes.
     *
     * @param retyped columns of another type
     * @param actions whatever else is done to the table
     */
    record Reshape(String at, List<Retype> retyped, List<Leaving> gone, List<Action> actions) implements Probe {
        public Reshape {
            retyped = List.copyOf(retyped);
            gone = List.copyOf(gone);
            actions = List.copyOf(actions);
        }
    }

    /**
     * A column that goes.
     *
     * @param fill what it gets in new rows, as SQL over the columns that remain
     * @param past a name that nobody uses
     */
    record Leaving(Identifier column, Optional<String> fill, Identifier past) {}

    /**
     * Something that is done to a table.
     *
     * @param sql what follows {@code ALTER TABLE name}
     */
    record Action(String at, String sql) {}

    /**
     * What is around the table? Answer: {@link Answers#surroundings}.
     *
     * @param names of which it is asked whether they are taken in the table's schema
     */
    record Around(String at, List<Identifier> names) implements Probe {
        public Around {
            names = List.copyOf(names);
        }
    }
}
