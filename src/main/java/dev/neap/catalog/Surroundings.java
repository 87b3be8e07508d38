package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is around a table that it does not show itself: whom it belongs to, who may use it, what depends on it.
 *
 * @param dependents what would keep it from being dropped, but for its own parts
 * @param publicity how its rows go to subscribers
 * @param descent why it is not a table by itself, as a clause ({@code is a partition of public.events}); empty if it is
 * @param closed what of it is kept where the role that is connected may make nothing
 * @param taken of the names that were asked for, those that a relation or type of the schema has
 * @param belongings what has to go with its rows into another table
 */
public record Surroundings(
        Ownership ownership,
        List<Dependent> dependents,
        Publicity publicity,
        Optional<String> descent,
        List<Closed> closed,
        List<Identifier> taken,
        Belongings belongings) {

    public Surroundings {
        dependents = List.copyOf(dependents);
        // Absent from what was stored before it was asked for.
        closed = closed == null ? List.of() : List.copyOf(closed);
        taken = List.copyOf(taken);
    }

    /**
     * A table or an index in a tablespace in which the role that is connected has no privilege CREATE.
     *
     * @param role as SQL
     */
    public record Closed(QualifiedName relation, Identifier tablespace, String role) {}

    /**
     * What of it goes along with a table that has no longer all of its columns.
     *
     * @param gone the columns that it has no longer
     * @param keys foreign keys that go with them
     * @param statistics of CREATE STATISTICS, those that remain
     */
    public Surroundings without(Set<Identifier> gone, Set<Identifier> keys, List<QualifiedName> statistics) {
        return new Surroundings(
                ownership.without(gone), dependents, publicity, descent, closed, taken,
                belongings.without(gone, keys, statistics));
    }

    /**
     * Whose a table is, and who may do what with it.
     *
     * @param owner as SQL
     * @param mine whether the role that is connected is the owner itself
     * @param grants of the table and its columns, to others than the owner
     * @param rowSecurity whether its policies hold
     * @param forced whether they hold for its owner too
     * @param beyondPolicies whether no policy holds for the role that is connected (superuser, BYPASSRLS)
     */
    public record Ownership(
            String owner,
            boolean mine,
            List<Grant> grants,
            Optional<String> comment,
            boolean rowSecurity,
            boolean forced,
            boolean beyondPolicies) {
        public Ownership {
            grants = List.copyOf(grants);
        }

        private Ownership without(Set<Identifier> gone) {
            return new Ownership(
                    owner,
                    mine,
                    grants.stream()
                            .filter(grant -> gone.stream()
                                    .noneMatch(column -> grant.privilege().endsWith(" (" + column + ")")))
                            .toList(),
                    comment,
                    rowSecurity,
                    forced,
                    beyondPolicies);
        }
    }

    /**
     * A privilege.
     *
     * @param privilege {@code SELECT} or {@code SELECT (email)}
     * @param grantee as SQL
     * @param passable whether with the right to pass it on
     */
    public record Grant(String privilege, String grantee, boolean passable) {

        /** The statement that gives it on a relation. */
        public String on(QualifiedName relation) {
            return "GRANT " + privilege + " ON " + relation + " TO " + grantee
                    + (passable ? " WITH GRANT OPTION" : "");
        }

        /** Whether it is one of some columns only. */
        public boolean isForColumns() {
            return privilege.endsWith(")");
        }

        /** Whether a view can have it too, and needs it for what it passes on. */
        public boolean isForRows() {
            return privilege.matches("(?s)(SELECT|INSERT|UPDATE|DELETE)( .*)?");
        }
    }

    /**
     * Something that depends on the table.
     *
     * @param words what it is, as PostgreSQL calls it: {@code view public.active_users}
     */
    public record Dependent(Kind kind, String words) {

        /** What it is. */
        public enum Kind {
            VIEW,
            MATERIALIZED_VIEW,
            /** Of another table. */
            FOREIGN_KEY,
            /** A function, a rule, a policy, a column of its row type, a table that inherits from it. */
            OTHER
        }
    }

    /**
     * What a table has besides its columns, checks and indexes, as SQL that means the same whatever the search_path is.
     *
     * @param views that read it, in the order in which they were made
     * @param sequences that go with its columns
     * @param keys its own foreign keys
     * @param incoming foreign keys of other tables, that reference it
     * @param options storage parameters: {@code fillfactor=70}
     * @param tablespace where it is kept; empty for the database's own
     * @param replicaIdentity what follows {@code REPLICA IDENTITY}; empty for the default
     * @param statistics what the planner is told of it
     * @param withoutEquality the columns whose values can't be told apart by {@code IS DISTINCT FROM}
     * @param indexTraits of those of its indexes that have any
     */
    public record Belongings(
            List<UserTrigger> triggers,
            List<Policy> policies,
            List<View> views,
            List<Sequence> sequences,
            List<OwnKey> keys,
            List<IncomingKey> incoming,
            List<String> options,
            Optional<Identifier> tablespace,
            Optional<String> replicaIdentity,
            Statistics statistics,
            List<Identifier> withoutEquality,
            List<IndexTraits> indexTraits) {
        public Belongings {
            triggers = List.copyOf(triggers);
            policies = List.copyOf(policies);
            views = List.copyOf(views);
            sequences = List.copyOf(sequences);
            keys = List.copyOf(keys);
            incoming = List.copyOf(incoming);
            options = List.copyOf(options);
            withoutEquality = List.copyOf(withoutEquality);
            indexTraits = List.copyOf(indexTraits);
        }

        /** What an index of the table has besides its definition. */
        public IndexTraits traits(Identifier index) {
            return indexTraits.stream()
                    .filter(traits -> traits.index().equals(index))
                    .findFirst()
                    .orElse(IndexTraits.none(index));
        }

        private Belongings without(Set<Identifier> gone, Set<Identifier> without, List<QualifiedName> left) {
            return new Belongings(
                    triggers,
                    policies,
                    views,
                    sequences.stream().filter(sequence -> !gone.contains(sequence.column())).toList(),
                    keys.stream().filter(key -> !without.contains(key.name())).toList(),
                    incoming,
                    options,
                    tablespace,
                    replicaIdentity,
                    statistics.without(gone, left),
                    withoutEquality,
                    indexTraits);
        }
    }

    /**
     * A policy of row security.
     *
     * @param definition what follows {@code ON table}
     */
    public record Policy(Identifier name, String definition, Optional<String> comment) {}

    /**
     * A trigger that is not Neap's.
     *
     * @param definition the whole statement
     * @param state what stands between ALTER TABLE and TRIGGER to bring it there: {@code ENABLE ALWAYS}; empty for a
     *     trigger that is enabled as each is at first
     */
    public record UserTrigger(
            Identifier name,
            String definition,
            Optional<String> state,
            Optional<String> comment) {}

    /**
     * A view.
     *
     * @param options {@code security_barrier=true, …}; may be empty
     * @param query as it stands after AS
     * @param keyed whether it shows more columns than it groups by, and relies on the primary key for them
     */
    public record View(QualifiedName name, String options, String query, boolean keyed) {}

    /**
     * A sequence that a column owns.
     *
     * @param identity {@code ALWAYS} or {@code BY DEFAULT}; empty for one that its default calls
     */
    public record Sequence(Identifier column, QualifiedName name, Optional<String> identity) {}

    /** A foreign key to another table, or to itself. */
    public record OwnKey(
            Identifier name,
            String definition,
            QualifiedName to,
            boolean validated,
            Optional<String> comment) {}

    /**
     * What the planner is told.
     *
     * @param columns each what follows {@code ALTER TABLE name}
     * @param extended objects of CREATE STATISTICS, each with the whole statement
     */
    public record Statistics(List<String> columns, List<Extended> extended) {
        public Statistics {
            columns = List.copyOf(columns);
            extended = List.copyOf(extended);
        }

        private Statistics without(Set<Identifier> gone, List<QualifiedName> left) {
            return new Statistics(
                    columns.stream()
                            .filter(action -> gone.stream()
                                    .noneMatch(column -> action.startsWith("ALTER COLUMN " + column + " ")))
                            .toList(),
                    extended.stream().filter(object -> left.contains(object.name())).toList());
        }
    }

    /**
     * An object of CREATE STATISTICS.
     *
     * @param target of ALTER STATISTICS; empty for the default
     */
    public record Extended(
            QualifiedName name,
            String definition,
            Optional<String> comment,
            Optional<Integer> target) {}
}
