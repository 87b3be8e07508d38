package dev.neap.trace;

/** The kinds of relation that locks are taken on ({@code pg_class.relkind}). */
public enum RelationKind {
    TABLE('r', "table"),
    PARTITIONED_TABLE('p', "partitioned table"),
    INDEX('i', "index"),
    PARTITIONED_INDEX('I', "partitioned index"),
    SEQUENCE('S', "sequence"),
    VIEW('v', "view"),
    MATERIALIZED_VIEW('m', "materialized view"),
    TOAST('t', "TOAST table"),
    FOREIGN_TABLE('f', "foreign table"),
    COMPOSITE_TYPE('c', "composite type");

    private final char code;
    private final String words;

    RelationKind(char code, String words) {
        this.code = code;
        this.words = words;
    }

    /** What it is called in a sentence. */
    public String words() {
        return words;
    }

    /** Whether it has rows of its own, which a statement may read or write anew. */
    boolean hasRows() {
        return this == TABLE || this == MATERIALIZED_VIEW;
    }

    /** @param code PostgreSQL's letter for it */
    static RelationKind of(String code) {
        for (RelationKind kind : values()) {
            if (code.length() == 1 && kind.code == code.charAt(0)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("PostgreSQL has a kind of relation that is not known here: " + code + ".");
    }
}
