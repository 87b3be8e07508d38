package dev.neap.preflight.check;

import java.util.List;

/**
 * Without {@code pg_read_all_stats} other roles' sessions and the replicas' lag can't be seen, so pacing is half
 * blind.
 */
final class StatisticsPrivilege implements Check {

    @Override
    public String id() {
        return "statistics-privilege";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.seesOthers()
                ? List.of()
                : List.of(note(
                        "role " + target.role(),
                        "It is no member of pg_monitor or pg_read_all_stats: it can't read replication lag "
                                + "or what other"
                                + " roles' sessions do, and work that is paced by these holds until it can.",
                        "GRANT pg_monitor TO %s;".formatted(target.role())));
    }
}
