package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;

/**
 * How what is written to a table goes to subscribers by logical replication.
 *
 * @param publications those that have the table, each as often as it has it
 * @param leaves those that have a partition of it without having the table
 * @param oddLeaves partitions whose rows are told apart by something else than those of the table
 */
public record Publicity(List<Publication> publications, List<PublishedLeaf> leaves, List<QualifiedName> oddLeaves) {

    /** Nobody hears of it. */
    public static final Publicity NONE = new Publicity(List.of(), List.of(), List.of());

    public Publicity {
        publications = List.copyOf(publications);
        leaves = List.copyOf(leaves);
        oddLeaves = List.copyOf(oddLeaves);
    }

    /** How a table came into a publication. */
    public enum Scope {
        /** It was named. */
        TABLE,
        /** All tables of its schema are in it. */
        SCHEMA,
        /** All tables are in it. */
        DATABASE
    }

    /**
     * A publication.
     *
     * @param name as SQL
     * @param owner as SQL
     * @param mine whether the role that is connected may alter it
     * @param viaRoot whether rows of partitions go out under the name of the table that is divided
     * @param changes whether UPDATE or DELETE goes out, for which PostgreSQL asks that rows can be told apart
     * @param columns those that go out; empty for all
     */
    public record Publication(
            String name,
            Scope scope,
            String owner,
            boolean mine,
            boolean viaRoot,
            boolean changes,
            List<Identifier> columns) {
        public Publication {
            columns = List.copyOf(columns);
        }

        /** Whether a column goes out, as far as PostgreSQL sends it at all. */
        public boolean sends(Identifier column) {
            return columns.isEmpty() || columns.contains(column);
        }
    }

    /**
     * A partition that is published by itself.
     *
     * @param publication its name as SQL
     */
    public record PublishedLeaf(String publication, QualifiedName leaf) {}
}
