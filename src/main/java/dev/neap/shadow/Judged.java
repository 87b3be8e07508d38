package dev.neap.shadow;

import dev.neap.sql.QualifiedName;
import dev.neap.trace.Footprint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What PostgreSQL did with one statement on the shadow.
 *
 * @param footprint its locks, rewrites and scans; none of a statement that failed, that PostgreSQL runs only outside of a
 *     transaction, or that only begins and ends transactions
 * @param fresh the relations that statements judged together with it made before it: nobody else knows them yet
 * @param error why it failed
 */
public record Judged(String statement, Footprint footprint, Set<QualifiedName> fresh, Optional<Failure> error) {

    /**
     * @param message PostgreSQL's, in one line
     */
    public record Failure(String sqlState, String message) {

        private static final Set<String> MISSING = Set.of("42P01", "3F000", "42704", "42703", "42883");

        /** Whether it is about something that is not there: a table, schema, type, column or function. */
        public boolean isAboutSomethingMissing() {
            return MISSING.contains(sqlState);
        }
    }

    public Judged {
        fresh = Set.copyOf(fresh);
    }

    static Judged without(String statement, Set<QualifiedName> fresh) {
        return new Judged(statement, new Footprint(List.of()), fresh, Optional.empty());
    }

    static Judged failed(String statement, Set<QualifiedName> fresh, String sqlState, String message) {
        return new Judged(
                statement, new Footprint(List.of()), fresh, Optional.of(new Failure(sqlState, message)));
    }
}
