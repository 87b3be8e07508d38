package dev.neap.preflight;

import dev.neap.preflight.estimate.Bounds;
import dev.neap.preflight.estimate.Estimate;
import dev.neap.preflight.estimate.Quantity;

/** Bounds as people read them: one number where both are the same. */
final class EstimateWords {

    private EstimateWords() {}

    static String rows(Estimate estimate) {
        return span(
                Quantity.count(estimate.rows().low()), Quantity.count(estimate.rows().high()));
    }

    static String bytes(Bounds<Long> bounds) {
        return span(Quantity.bytes(bounds.low()), Quantity.bytes(bounds.high()));
    }

    private static String span(String low, String high) {
        return low.equals(high) ? low : low + " to " + high;
    }
}
