package dev.neap.backfill;

/**
 * How a step weaves.
 *
 * @param weave the strands
 * @param spanSize the largest span, in units of the walk; ≥ 1
 */
public record Weaving(Weave weave, long spanSize) {

    /**
     * How many spans are in flight: with so many between, a transaction of another worker that still saw a strand is over
     * when the next strand comes, even if it took several times as long as usual.
     */
    public static final int SPANS = 8;
}
