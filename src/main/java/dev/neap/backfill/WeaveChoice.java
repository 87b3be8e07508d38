package dev.neap.backfill;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the strands for a page. A row whose new version finds no room leaves its page, and every index gets a new entry;
 * one that finds room stays (a HOT update). Room comes from rows of earlier strands that have left or were replaced, once
 * pruned. So the first strand is small and leaves, and each later one is what the room then takes.
 *
 * <p>All reasonable schedules are tried on the model of a page, and the one with the least cost is taken: {@code leavers ·
 * (2 + 3 · indexes) + strands · (looking · rows + 1)}, in about microseconds: what a row that leaves costs more than one that
 * stays, and what one more visit to a page costs (both measured).
 */
final class WeaveChoice {

    private static final int MOST_STRANDS = 24;

    /** More leavers at once than a freshly built index has room for (fillfactor 90) split its pages. */
    private static final double INDEX_ROOM = 0.095;

    private WeaveChoice() {}

    /** @param looking see {@link Ranges#lookingCost} */
    static Weave choose(PageModel page, double looking) {
        List<Integer> best = List.of(page.rows());
        double least = cost(page, best, looking);
        int mostFirst = Math.max(1, (int) (page.rows() * INDEX_ROOM));
        for (int first = 0; first <= mostFirst; first++) {
            for (int extra = 0; extra <= 2; extra++) {
                for (int smallest = 1; smallest <= Math.max(1, page.rows() / 4); smallest++) {
                    List<Integer> sizes = schedule(page, first, extra, smallest);
                    double cost = cost(page, sizes, looking);
                    if (sizes.size() <= MOST_STRANDS && cost < least) {
                        best = sizes;
                        least = cost;
                    }
                }
            }
        }
        return Weave.of(best);
    }

    /**
     * @param first how many leave with the first strand, besides those that find room
     * @param extra how many more than find room are in the second
     * @param smallest the least size of the later ones
     */
    private static List<Integer> schedule(PageModel page, int first, int extra, int smallest) {
        List<Integer> sizes = new ArrayList<>();
        Room room = new Room(page);
        int left = page.rows();
        while (left > 0) {
            int more = sizes.isEmpty() ? first : sizes.size() == 1 ? extra : 0;
            int size = Math.min(left, Math.max(room.fits() + more, sizes.isEmpty() ? 1 : smallest));
            room.update(size);
            left -= size;
            sizes.add(size);
        }
        return sizes;
    }

    private static double cost(PageModel page, List<Integer> sizes, double looking) {
        Room room = new Room(page);
        sizes.forEach(room::update);
        return room.leavers * (2 + 3.0 * page.indexes()) + sizes.size() * (looking * page.rows() + 1);
    }

    /** The room on a page, strand after strand. */
    private static final class Room {
        private final PageModel page;
        private int free;
        private int leavers;

        Room(PageModel page) {
            this.page = page;
            this.free = page.freeBytes();
        }

        int fits() {
            return Math.max(0, free / page.newBytes());
        }

        /** The old versions are pruned once their transaction is over; their line pointers remain. */
        void update(int rows) {
            int stay = Math.min(rows, fits());
            leavers += rows - stay;
            free += rows * (page.oldBytes() - PageModel.POINTER) - stay * page.newBytes();
        }
    }
}
