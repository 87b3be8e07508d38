package dev.neap.preflight.estimate;

/**
 * Between what and what something will be.
 *
 * @param because where the numbers come from, as a sentence
 */
public record Bounds<T extends Comparable<? super T>>(T low, T high, String because) {

    public Bounds {
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException("The low bound %s is above the high bound %s.".formatted(low, high));
        }
    }
}
