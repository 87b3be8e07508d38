package dev.neap.backfill;

import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of a span are divided into strands.
 *
 * @param modulus what remainders are taken by; about the rows of a page, so that keys in a row fall evenly
 * @param bounds where strands begin, from 0, rising, with {@code modulus} at the end
 */
public record Weave(int modulus, List<Integer> bounds) {

    public Weave {
        bounds = List.copyOf(bounds);
        if (bounds.size() < 2 || bounds.getFirst() != 0 || bounds.getLast() != modulus) {
            throw new IllegalArgumentException("The bounds %s do not reach from 0 to %d.".formatted(bounds, modulus));
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (bounds.get(i) <= bounds.get(i - 1)) {
                throw new IllegalArgumentException("The bounds " + bounds + " do not rise.");
            }
        }
    }

    /** Of strands of these sizes, in rows a page. */
    static Weave of(List<Integer> sizes) {
        List<Integer> bounds = new ArrayList<>(List.of(0));
        sizes.forEach(size -> bounds.add(bounds.getLast() + size));
        return new Weave(bounds.getLast(), bounds);
    }

    public int strands() {
        return bounds.size() - 1;
    }

    /** One of them, from 0. */
    public Strand strand(int number) {
        return new Strand(modulus, bounds.get(number), bounds.get(number + 1));
    }
}
