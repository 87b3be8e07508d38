package dev.neap.step;

/** What a DDL statement does while it holds its lock (measured for each statement on PostgreSQL 14 to 18). */
public enum Work {
    /** Catalog rows only: milliseconds, whatever the size of the table. */
    CATALOG("changes the catalog only"),
    /** Reads every row. */
    SCAN("reads every row"),
    /** Reads every row and writes an index. */
    INDEX_BUILD("reads every row and builds an index"),
    /** Writes the table and all its indexes anew. */
    REWRITE("writes every row and all indexes anew");

    private final String words;

    Work(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The one that takes longer. */
    public static Work more(Work left, Work right) {
        return left.compareTo(right) >= 0 ? left : right;
    }
}
