package dev.neap.bench;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The middle and the ends of what several rounds measured. */
record Spread(double least, double median, double most) {

    /** The median of an even number is the mean of the two in the middle. Empty if there is nothing. */
    static Optional<Spread> of(Collection<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return Optional.of(new Spread(sorted.getFirst(), median, sorted.getLast()));
    }
}
