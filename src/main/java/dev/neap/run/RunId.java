package dev.neap.run;

/** The number of a run, unique in its database. */
public record RunId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
