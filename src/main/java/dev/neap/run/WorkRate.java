package dev.neap.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Rows per second while work is done, and how much that varies. Time that was held does not count as slow work.
 *
 * <p>Work is cut into slots of about two seconds. The last quarter of all work, at least a minute and at most ten, is
 * remembered: at most a few hundred slots, however long the run.
 */
final class WorkRate {

    private static final double SLOT = 2;
    private static final double SHORTEST_MEMORY = 60;
    private static final double LONGEST_MEMORY = 600;

    /** What is shown as the speed of now. */
    private static final double LATELY = 10;

    /** Fewer slots say nothing about how much the rate varies. */
    private static final int ENOUGH = 5;

    /**
     * @param worked seconds; > 0
     * @param held seconds that were spent waiting meanwhile, in addition
     */
    private record Slot(double worked, double held, double rows) {
        double rate() {
            return rows / worked;
        }
    }

    private final Deque<Slot> slots = new ArrayDeque<>();
    private Slot open = new Slot(0, 0, 0);
    private double remembered;
    private double total;

    /** So many seconds of work passed so many rows. */
    void worked(double seconds, long rows) {
        open = new Slot(open.worked + seconds, open.held, open.rows + rows);
        total += seconds;
        if (open.worked < SLOT) {
            return;
        }
        slots.addLast(open);
        remembered += open.worked;
        open = new Slot(0, 0, 0);
        double memory = Math.clamp(total / 4, SHORTEST_MEMORY, LONGEST_MEMORY);
        while (remembered - slots.getFirst().worked >= memory) {
            remembered -= slots.removeFirst().worked;
        }
    }

    /** Nothing moved for so many seconds, which have ended. */
    void held(double seconds) {
        open = new Slot(open.worked, open.held + seconds, open.rows);
    }

    /** Rows a second in the last ten seconds of work; 0 before the first. */
    double lately() {
        double seconds = open.worked;
        double rows = open.rows;
        var newest = slots.descendingIterator();
        while (seconds < LATELY && newest.hasNext()) {
            Slot slot = newest.next();
            seconds += slot.worked;
            rows += slot.rows;
        }
        return seconds > 0 ? rows / seconds : 0;
    }

    /** Whether enough was seen to look ahead. */
    boolean isKnown() {
        return slots.size() >= ENOUGH && mean() > 0;
    }

    /** Rows a second of work over all that is remembered. */
    double mean() {
        return slots.stream().mapToDouble(Slot::rows).sum() / Math.max(1e-9, remembered);
    }

    /**
     * How far the mean rate of work to come may lie from {@link #mean}, as a part of it; 0.03 to 0.75. Three things add up,
     * as independent errors do:
     *
     * <ul>
     *   <li>noise: with {@code m} slots remembered and {@code n} to come, two standard errors of the difference between
     *       their means, {@code 2 · cv · √(1/m + 1/n)};
     *   <li>drift: {@code 1.5 · cv} of the sixths of what is remembered, growing as a random walk does with the time to
     *       come, {@code √(to come / remembered)} from 1 to 3;
     *   <li>{@code 0.4 / √m} for what a short look can't show.
     * </ul>
     *
     * @param seconds of work to come; ≥ 0
     */
    double error(double seconds) {
        int m = slots.size();
        double ahead = Math.max(1, seconds * m / remembered);
        double noise = 2 * variation(List.copyOf(slots)) * Math.sqrt(1.0 / m + 1 / ahead);
        double drift = 1.5 * variation(sixths()) * Math.clamp(Math.sqrt(seconds / remembered), 1, 3);
        double brevity = 0.4 / Math.sqrt(m);
        return Math.clamp(Math.sqrt(noise * noise + drift * drift + brevity * brevity), 0.03, 0.75);
    }

    /** Standard deviation of the rates as a part of their mean. */
    private double variation(List<Slot> pieces) {
        double mean = mean();
        double squares = pieces.stream()
                .mapToDouble(piece -> piece.worked * Math.pow(piece.rate() - mean, 2))
                .sum();
        int n = pieces.size();
        return n < 2 ? 0 : Math.sqrt(squares / remembered * n / (n - 1)) / mean;
    }

    /** What is remembered in six pieces, or in as many as there are slots. */
    private List<Slot> sixths() {
        List<Slot> sixths = new ArrayList<>();
        Slot piece = new Slot(0, 0, 0);
        double passed = 0;
        for (Slot slot : slots) {
            piece = new Slot(piece.worked + slot.worked, piece.held + slot.held, piece.rows + slot.rows);
            passed += slot.worked;
            if (passed >= remembered * (sixths.size() + 1) / 6 - 1e-6) {
                sixths.add(piece);
                piece = new Slot(0, 0, 0);
            }
        }
        return sixths;
    }

    /** By how much holds have stretched the work that is remembered; ≥ 1. */
    double stretchedByHolds() {
        return 1 + slots.stream().mapToDouble(Slot::held).sum() / Math.max(1e-9, remembered);
    }
}
