package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What PostgreSQL answered to the probes of a change, each under the path of its question.
 *
 * @param types the canonical name of each new column's type
 * @param rewrites for each default, whether adding the column with it rewrites the table: it does when the default is
 *     volatile (facts: ADD COLUMN DEFAULT clock_timestamp, random, nextval …)
 * @param texts for each new default of a column that is there, how PostgreSQL prints it with an empty search_path
 * @param partitioned those of the tables that the change's foreign keys reference which are partitioned
 */
public record Answers(
        Map<String, String> types,
        Map<String, ExpressionFacts> expressions,
        Map<String, Boolean> rewrites,
        Map<String, Renamed> renamed,
        Map<String, Destination> destinations,
        Map<String, Retyped> retyped,
        Map<String, Surroundings> surroundings,
        Map<String, String> texts,
        Map<String, Reshaped> reshaped,
        Set<QualifiedName> partitioned) {

    public Answers {
        // Stored by a version that did not ask for them, there are none.
        retyped = retyped == null ? new LinkedHashMap<>() : retyped;
        surroundings = surroundings == null ? new LinkedHashMap<>() : surroundings;
        texts = texts == null ? new LinkedHashMap<>() : texts;
        reshaped = reshaped == null ? new LinkedHashMap<>() : reshaped;
        partitioned = partitioned == null ? new LinkedHashSet<>() : partitioned;
    }

    /**
     * An expression as PostgreSQL parsed it.
     *
     * @param type of its value, as {@code format_type} prints it
     * @param columns the table's columns that it reads, in the table's order
     * @param volatility the worst of all functions in it
     * @param subquery whether it reads other tables
     * @param comparable whether values of its target's type (or its own) can be told apart by {@code IS DISTINCT FROM}
     * @param needs what whoever computes it must be allowed, beyond what everybody is
     */
    public record ExpressionFacts(
            String type,
            List<Identifier> columns,
            Volatility volatility,
            boolean subquery,
            boolean comparable,
            List<Need> needs) {
        public ExpressionFacts {
            columns = List.copyOf(columns);
            // Absent from what was stored before there were any.
            needs = needs == null ? List.of() : List.copyOf(needs);
        }

        /** Of one that needs nothing but what PostgreSQL brings with it. */
        public ExpressionFacts(
                String type,
                List<Identifier> columns,
                Volatility volatility,
                boolean subquery,
                boolean comparable) {
            this(type, columns, volatility, subquery, comparable, List.of());
        }
    }

    /**
     * A privilege on something that PostgreSQL does not bring with it.
     *
     * @param privilege {@code USAGE}, {@code EXECUTE} or {@code SELECT}
     * @param kind {@code SCHEMA}, {@code FUNCTION} or {@code TABLE}, as GRANT says it
     * @param name as SQL, with its schema
     */
    public record Need(String privilege, String kind, String name) {}

    /**
     * A table that rows of the change's table are to go to. One that is still to be made has the oid 0 and the columns of
     * the change's table.
     *
     * @param misfits its columns that can't take the values of the column of the same name
     * @param incomparable its columns whose values can't be told apart by {@code IS DISTINCT FROM}
     */
    public record Destination(Table table, List<Misfit> misfits, List<Identifier> incomparable) {
        public Destination {
            misfits = List.copyOf(misfits);
            incomparable = List.copyOf(incomparable);
        }

        public boolean toBeMade() {
            return table.oid() == 0;
        }
    }

    /** @param why PostgreSQL's words */
    public record Misfit(Identifier column, String why) {}

    /** {@code pg_proc.provolatile}, from the most to the least predictable. */
    public enum Volatility {
        IMMUTABLE,
        /** May depend on settings of the session, such as TimeZone. */
        STABLE,
        /** May give another value at each call. */
        VOLATILE
    }

    /**
     * What hangs on a column, as it must be made for its new name.
     *
     * @param indexes those that use it, in the order of their names
     * @param constraints checks and outgoing foreign keys that use it, in the order of their names
     * @param settings statements that give the new column the old one's comment, privileges, statistics target, storage
     */
    public record Renamed(List<IndexText> indexes, List<ConstraintText> constraints, List<String> settings) {
        public Renamed {
            indexes = List.copyOf(indexes);
            constraints = List.copyOf(constraints);
            settings = List.copyOf(settings);
        }
    }

    /**
     * An index to make again.
     *
     * @param name its present name
     * @param tail all that follows {@code ON table}: {@code USING btree (lower(email_address))}
     * @param comment what its COMMENT says
     * @param targets how many statistics are kept of its expressions, as what follows {@code ALTER INDEX name}
     */
    public record IndexText(
            Identifier name,
            boolean unique,
            String tail,
            Optional<String> comment,
            List<String> targets) {
        public IndexText {
            // Absent from what was stored before there were any.
            targets = targets == null ? List.of() : List.copyOf(targets);
        }

        /** With nothing but its definition. */
        public IndexText(Identifier name, boolean unique, String tail) {
            this(name, unique, tail, Optional.empty(), List.of());
        }

        /** Of an index in its place, whose columns are others. */
        public IndexText untargeted() {
            return new IndexText(name, unique, tail, comment, List.of());
        }

        /** Statements that give an index what the definition does not tell. */
        public List<String> settings(QualifiedName index) {
            return Stream.concat(
                    targets.stream().map(target -> "ALTER INDEX " + index + " " + target),
                    comment.stream().map(text -> "COMMENT ON INDEX " + index + " IS " + Literal.of(text)))
                    .toList();
        }
    }

    /**
     * A constraint to make again.
     *
     * @param name its present name
     * @param definition {@code CHECK (…)} or {@code FOREIGN KEY (…) REFERENCES …}
     * @param comment what its COMMENT says
     * @param parent the table that a foreign key references
     */
    public record ConstraintText(
            Identifier name,
            String definition,
            Optional<String> comment,
            Optional<QualifiedName> parent) {
        /** A check without a comment. */
        public ConstraintText(Identifier name, String definition) {
            this(name, definition, Optional.empty(), Optional.empty());
        }
    }

    /** Of a change whose rows stay in their table. */
    public Answers(
            Map<String, String> types,
            Map<String, ExpressionFacts> expressions,
            Map<String, Boolean> rewrites,
            Map<String, Renamed> renamed) {
        this(types, expressions, rewrites, renamed, new LinkedHashMap<>());
    }

    /** Of a change that does not ask what is around its table. */
    public Answers(
            Map<String, String> types,
            Map<String, ExpressionFacts> expressions,
            Map<String, Boolean> rewrites,
            Map<String, Renamed> renamed,
            Map<String, Destination> destinations) {
        this(
                types, expressions, rewrites, renamed, destinations, new LinkedHashMap<>(), new LinkedHashMap<>(),
                new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
    }

    public static Answers none() {
        return new Answers(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Takes over what was answered to other questions. */
    public void add(Answers more) {
        types.putAll(more.types);
        expressions.putAll(more.expressions);
        rewrites.putAll(more.rewrites);
        renamed.putAll(more.renamed);
        destinations.putAll(more.destinations);
        retyped.putAll(more.retyped);
        surroundings.putAll(more.surroundings);
        texts.putAll(more.texts);
        reshaped.putAll(more.reshaped);
        partitioned.addAll(more.partitioned);
    }

    /** @throws IllegalStateException if the question was never asked */
    public String type(String at) {
        return answered(types.get(at), at);
    }

    /** @throws IllegalStateException if the question was never asked */
    public ExpressionFacts expression(String at) {
        return answered(expressions.get(at), at);
    }

    /** @throws IllegalStateException if the question was never asked */
    public boolean rewrites(String at) {
        return answered(rewrites.get(at), at);
    }

    /** @throws IllegalStateException if the question was never asked */
    public Renamed renamed(String at) {
        return answered(renamed.get(at), at);
    }

    /** @throws IllegalStateException if the question was never asked */
    public Destination destination(String at) {
        return answered(destinations.get(at), at);
    }

    /** @throws IllegalStateException if the question was never asked */
    public String text(String at) {
        return answered(texts.get(at), at);
    }

    /** @throws IllegalStateException if the question was never asked */
    public Retyped retyped(String at) {
        return answered(retyped.get(at), at);
    }

    /** @throws IllegalStateException if the question was never asked */
    public Surroundings surroundings(String at) {
        return answered(surroundings.get(at), at);
    }

    /** @throws IllegalStateException if the question was never asked */
    public Reshaped reshaped(String at) {
        return answered(reshaped.get(at), at);
    }

    private static <T> T answered(@org.jspecify.annotations.Nullable T answer, String at) {
        if (answer == null) {
            throw new IllegalStateException("No probe was run for " + at + ".");
        }
        return answer;
    }
}
