package dev.neap.step;

/** The table locks that steps take, by PostgreSQL's names (manual, 13.3.1), from weak to strong. */
public enum Lock {
    NONE("none", "nobody"),
    ROW_EXCLUSIVE("ROW EXCLUSIVE", "only writers of the same rows"),
    SHARE_UPDATE_EXCLUSIVE("SHARE UPDATE EXCLUSIVE", "no reader, no writer; only VACUUM and other DDL"),
    SHARE_ROW_EXCLUSIVE("SHARE ROW EXCLUSIVE", "writers, no reader"),
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

    /** Whom it keeps waiting, in words. */
    public String blocks() {
        return blocks;
    }
}
