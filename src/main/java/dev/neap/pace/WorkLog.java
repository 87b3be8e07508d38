package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** When workers worked: chunks in progress, and those of the last minute. */
final class WorkLog {

    private static final Duration KEPT = Duration.ofMinutes(1);

    private record Chunk(Instant from, Instant to) {
        double within(Instant begin, Instant end) {
            Instant first = from.isAfter(begin) ? from : begin;
            Instant last = to.isBefore(end) ? to : end;
            return Math.max(0, Seconds.between(first, last));
        }
    }

    private final Map<Object, Instant> open = new HashMap<>();
    private final Deque<Chunk> closed = new ArrayDeque<>();

    void begin(Object worker, Instant now) {
        open.put(worker, now);
    }

    /** Does nothing if that worker had not begun. */
    void end(Object worker, Instant now) {
        Instant from = open.remove(worker);
        if (from != null) {
            closed.addLast(new Chunk(from, now));
        }
        while (!closed.isEmpty() && closed.getFirst().to().isBefore(now.minus(KEPT))) {
            closed.removeFirst();
        }
    }

    /** Seconds that all workers together worked between two moments of the last minute. */
    double between(Instant begin, Instant end) {
        double ended = closed.stream().mapToDouble(chunk -> chunk.within(begin, end)).sum();
        return ended
                + open.values().stream().mapToDouble(from -> new Chunk(from, end).within(begin, end)).sum();
    }
}
