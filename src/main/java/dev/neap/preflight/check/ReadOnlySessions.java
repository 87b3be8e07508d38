package dev.neap.preflight.check;

import java.util.List;

/** {@code default_transaction_read_only}, set for the role or database, refuses every write. */
final class ReadOnlySessions implements Check {

    @Override
    public String id() {
        return "read-only";
    }

    @Override
    public List<Finding> find(Target target) {
        // reset_val is what a new session begins with; the value itself belongs to this check's transaction.
        boolean readOnly = target.jdbc()
                .sql("SELECT reset_val = 'on' FROM pg_settings WHERE name = 'default_transaction_read_only'")
                .query(Boolean.class)
                .single();
        return readOnly
                ? List.of(blocker(
                        "role " + target.role(),
                        "Its sessions begin with default_transaction_read_only = on, so every write is refused.",
                        "Set it off for the role or database (ALTER ROLE … SET default_transaction_read_only = off),"
                                + " or connect as another role."))
                : List.of();
    }
}
