package dev.neap.step;

/** The table locks of PostgreSQL, by its names and in its order (manual, 13.3.1), from weak to strong. */
public enum Lock {
    NONE("none", "nobody"),
    ACCESS_SHARE("ACCESS SHARE", "nobody but ACCESS EXCLUSIVE"),
    ROW_SHARE("ROW SHARE", "nobody but EXCLUSIVE and ACCESS EXCLUSIVE"),
    ROW_EXCLUSIVE("ROW EXCLUSIVE", "only writers of the same rows"),
    SHARE_UPDATE_EXCLUSIVE("SHARE UPDATE EXCLUSIVE", "no reader, no writer; only VACUUM and other DDL"),
    SHARE("SHARE", "writers, no reader"),
    SHARE_ROW_EXCLUSIVE("SHARE ROW EXCLUSIVE", "writers, no reader"),
    EXCLUSIVE("EXCLUSIVE", "writers and SELECT FOR UPDATE, no plain reader"),
    ACCESS_EXCLUSIVE("ACCESS EXCLUSIVE", "readers and writers");

    private final String sql;
    private final String blocks;

    Lock(String sql, String blocks) {
        this.sql = sql;
        this.blocks = blocks;
    }

    /** PostgreSQL's name of the lock. */
    public String sql() {
        return sql;
    }

    /** Whether it is further down PostgreSQL's list: it conflicts with more than the other does. */
    public boolean isStrongerThan(Lock other) {
        return compareTo(other) > 0;
    }

    /** The one that is further down PostgreSQL's list. */
    public static Lock stronger(Lock left, Lock right) {
        return left.isStrongerThan(right) ? left : right;
    }

    /** Whom it keeps waiting, in words. */
    public String blocks() {
        return blocks;
    }
}
