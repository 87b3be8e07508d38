package dev.neap.change.operation;

/** When a constraint that may be deferred is checked, unless a transaction says otherwise. */
public enum Deferral {
    /** After each statement. */
    IMMEDIATE(" DEFERRABLE"),
    /** At the end of the transaction. */
    DEFERRED(" DEFERRABLE INITIALLY DEFERRED");

    private final String sql;

    Deferral(String sql) {
        this.sql = sql;
    }

    /** As it follows a constraint's definition, with a blank before it. */
    String sql() {
        return sql;
    }
}
