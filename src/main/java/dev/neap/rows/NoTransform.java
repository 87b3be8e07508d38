package dev.neap.rows;

/** A class that a change file names can't transform rows; nothing was done. */
public final class NoTransform extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fact;
    private final String remedy;

    NoTransform(String fact, String remedy) {
        super(fact + " " + remedy);
        this.fact = fact;
        this.remedy = remedy;
    }

    /** What is wrong: one sentence. */
    public String fact() {
        return fact;
    }

    /** What to do instead: one sentence. */
    public String remedy() {
        return remedy;
    }
}
