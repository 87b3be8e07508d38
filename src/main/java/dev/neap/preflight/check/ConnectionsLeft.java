package dev.neap.preflight.check;

import java.util.List;

/** Neap needs a few connections; it must not take an application's last ones. */
final class ConnectionsLeft implements Check {

    private static final int FEW = 5;

    @Override
    public String id() {
        return "connections";
    }

    @Override
    public List<Finding> find(Target target) {
        // pg_stat_database counts the sessions of all roles for everyone.
        Use use = target.jdbc()
                .sql(
                        """
                                SELECT (SELECT sum(numbackends) FROM pg_stat_database)::int,
                                       current_setting('max_connections')::int
                                       - current_setting('superuser_reserved_connections')::int
                                       - coalesce(current_setting('reserved_connections', true)::int, 0),
                                       (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
                                       (SELECT count(*) FROM pg_stat_activity WHERE usename = current_user)""")
                .query((row, n) -> new Use(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .single();
        return judge(use, target.role());
    }

    List<Finding> judge(Use use, String role) {
        if (use.roleLimit() >= 0 && use.roleLimit() - use.ofRole() < FEW) {
            return List.of(warning(
                    "role " + role,
                    "It may have %d connections at once and has %d.".formatted(use.roleLimit(), use.ofRole()),
                    "ALTER ROLE %s CONNECTION LIMIT %d;".formatted(role, use.ofRole() + 2 * FEW)));
        }
        if (use.used() > use.limit() - FEW || use.used() > 0.95 * use.limit()) {
            return List.of(warning(
                    "server",
                    "%d of %d connections are in use.".formatted(use.used(), use.limit()),
                    "Close idle ones or raise max_connections, so that Neap's few do not take the "
                            + "application's last."));
        }
        return List.of();
    }

    /** @param roleLimit −1 for none */
    record Use(int used, int limit, int roleLimit, int ofRole) {}
}
