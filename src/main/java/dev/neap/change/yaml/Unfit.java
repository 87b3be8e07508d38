package dev.neap.change.yaml;

/** A scalar is of the right kind, but not a value that is allowed here. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final String fact;
    private final String remedy;

    Unfit(String fact, String remedy) {
        super(fact + " " + remedy);
        this.fact = fact;
        this.remedy = remedy;
    }

    String fact() {
        return fact;
    }

    String remedy() {
        return remedy;
    }
}
