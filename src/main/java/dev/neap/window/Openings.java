package dev.neap.window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes the openings of a window from its hours: what overlaps or touches becomes one, and blackouts are cut out. */
final class Openings {

    private Openings() {}

    /** All time that the window is open from {@code from} to before {@code to}, in order, with gaps between. */
    static List<Opening> between(Window window, Instant from, Instant to) {
        List<Opening> all = new ArrayList<>();
        window.hours().forEach(hours -> all.addAll(hours.openings(from, to)));
        all.sort(Comparator.comparing(Opening::opens));
        List<Opening> open = clip(merge(all), from, to);
        for (Blackout blackout : window.blackouts()) {
            open = without(open, blackout.closing());
        }
        return open;
    }

    private static List<Opening> merge(List<Opening> sorted) {
        List<Opening> merged = new ArrayList<>();
        for (Opening next : sorted) {
            if (!merged.isEmpty() && !next.opens().isAfter(merged.getLast().closes())) {
                Opening last = merged.removeLast();
                merged.add(new Opening(last.opens(), later(last.closes(), next.closes())));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    private static List<Opening> clip(List<Opening> openings, Instant from, Instant to) {
        List<Opening> clipped = new ArrayList<>();
        openings.forEach(opening -> add(clipped, later(opening.opens(), from), earlier(opening.closes(), to)));
        return clipped;
    }

    private static List<Opening> without(List<Opening> openings, Opening closed) {
        List<Opening> left = new ArrayList<>();
        for (Opening opening : openings) {
            add(left, opening.opens(), earlier(opening.closes(), closed.opens()));
            add(left, later(opening.opens(), closed.closes()), opening.closes());
        }
        return left;
    }

    private static void add(List<Opening> openings, Instant opens, Instant closes) {
        if (opens.isBefore(closes)) {
            openings.add(new Opening(opens, closes));
        }
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }

    private static Instant earlier(Instant left, Instant right) {
        return left.isBefore(right) ? left : right;
    }
}
