package dev.neap.preflight.check;

import java.util.List;

/** A standby can't be written to. */
final class Standby implements Check {

    @Override
    public String id() {
        return "standby";
    }

    @Override
    public List<Finding> find(Target target) {
        boolean standby = target.jdbc().sql("SELECT pg_is_in_recovery()").query(Boolean.class).single();
        return standby
                ? List.of(blocker(
                        "server",
                        "The connection leads to a standby, which can't be written to.",
                        "Connect to the primary, or add targetServerType=primary to a URL that names several hosts."))
                : List.of();
    }
}
