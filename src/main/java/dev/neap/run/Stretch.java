package dev.neap.run;

import java.util.OptionalDouble;

/**
 * Rows that a pass has gone over: all so far, or those of one chunk.
 *
 * @param visited rows passed; ≥ 0
 * @param changed rows really changed; ≥ 0
 * @param share how much of the whole table's key or block space they take, 0 to 1; empty if the key does not tell. Shares
 *     of disjoint stretches add up, and to 1 at the end of the pass
 */
public record Stretch(long visited, long changed, OptionalDouble share) {

    /** Nothing yet, of a pass that can tell shares. */
    public static final Stretch NONE = new Stretch(0, 0, OptionalDouble.of(0));

    public Stretch {
        if (visited < 0 || changed < 0 || share.orElse(0) < 0) {
            throw new IllegalArgumentException("Nobody passes less than nothing: %d rows, %d changed, %s of the table."
                    .formatted(visited, changed, share));
        }
    }

    Stretch plus(Stretch more) {
        return new Stretch(visited + more.visited, changed + more.changed, add(share, more.share));
    }

    /** What has come since {@code before}; nothing where there is less now. */
    public Stretch since(Stretch before) {
        return new Stretch(
                Math.max(0, visited - before.visited),
                Math.max(0, changed - before.changed),
                share.isPresent() && before.share.isPresent()
                        ? OptionalDouble.of(Math.max(0, share.getAsDouble() - before.share.getAsDouble()))
                        : OptionalDouble.empty());
    }

    /** The same at the beginning of another pass: what was changed stays so. */
    public Stretch again() {
        return new Stretch(0, changed, share.isPresent() ? OptionalDouble.of(0) : share);
    }

    private static OptionalDouble add(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() && other.isPresent()
                ? OptionalDouble.of(Math.min(1, one.getAsDouble() + other.getAsDouble()))
                : OptionalDouble.empty();
    }
}
