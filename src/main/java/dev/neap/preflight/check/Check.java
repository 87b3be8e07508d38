package dev.neap.preflight.check;

import java.util.List;

/**
 * One thing to look at before a big change. It only reads, and takes no lock on a table beyond ACCESS SHARE; it runs
 * in a read-only transaction of its own under a statement_timeout, on PostgreSQL 14 to 18.
 */
public interface Check {

    /** Names the check for people and programs: lower-case words with hyphens; a heading of its page in the docs. */
    String id();

    /**
     * What is amiss, or worth knowing; empty if nothing is.
     *
     * @throws org.springframework.dao.DataAccessException if it can't be read; whoever runs the check says so
     */
    List<Finding> find(Target target);

    default Finding blocker(String object, String fact, String remedy) {
        return new Finding(Severity.BLOCKER, id(), object, fact, remedy);
    }

    default Finding warning(String object, String fact, String remedy) {
        return new Finding(Severity.WARNING, id(), object, fact, remedy);
    }

    default Finding note(String object, String fact, String remedy) {
        return new Finding(Severity.NOTE, id(), object, fact, remedy);
    }

    /** What a check says that needs other roles' statistics and may not see them. */
    default Finding unseen(Target target, String what) {
        return note(
                "role " + target.role(),
                "The role may not see %s of other roles: they may exist.".formatted(what),
                "GRANT pg_read_all_stats TO %s;".formatted(target.role()));
    }
}
