package dev.neap.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a primary had written its WAL, and when. A standby is as many seconds behind as the primary was where that standby
 * is now: this needs no clock of its own, and counts while nothing is replayed at all.
 */
final class WalPositions {

    private final List<Position> positions = new ArrayList<>();

    private record Position(double time, long written) {}

    /**
     * @param time in seconds, not before the last one
     * @param written bytes
     */
    void add(double time, long written) {
        positions.add(new Position(time, written));
    }

    /**
     * Between two positions the WAL is taken to have grown evenly; before the first one nothing is known.
     *
     * @param now in seconds
     * @param replayed bytes
     * @return seconds
     */
    double lag(double now, long replayed) {
        for (int i = positions.size() - 1; i >= 0; i--) {
            Position position = positions.get(i);
            if (position.written() <= replayed) {
                return i == positions.size() - 1 ? 0 : now - when(position, positions.get(i + 1), replayed);
            }
        }
        return positions.isEmpty() ? 0 : now - positions.getFirst().time();
    }

    private static double when(Position earlier, Position later, long replayed) {
        double share = (double) (replayed - earlier.written()) / (later.written() - earlier.written());
        return earlier.time() + share * (later.time() - earlier.time());
    }
}
