package dev.neap.pace.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether others change something: {@code Δtransactions − Δours}, a second, over the last two, is
 * {@value #FEW} or more, and more than a tenth of ours.
 *
 * <p>Transactions are counted by the server as they take their numbers, ours as they end; besides chunks, ours are signs of
 * life and what is kept of the progress, some a second at most.
 */
final class OthersCommits {

    /** A second: fewer are as good as nobody, or our own. */
    private static final double FEW = 5;

    private static final double OF_OURS = 0.1;

    private static final Duration OVER = Duration.ofSeconds(2);

    private record Seen(long transactions, long ours, Instant at) {}

    private final Deque<Seen> seen = new ArrayDeque<>();

    /**
     * @param transactions of all sessions, of all times
     * @param ours how many of them
     * @param now not before that of the call before
     */
    boolean areSeen(long transactions, long ours, Instant now) {
        if (!seen.isEmpty() && transactions < seen.getLast().transactions()) {
            seen.clear();
        }
        seen.addLast(new Seen(transactions, ours, now));
        // The youngest that is old enough stays first.
        while (seen.size() > 2) {
            Seen first = seen.removeFirst();
            if (seen.getFirst().at().isAfter(now.minus(OVER))) {
                seen.addFirst(first);
                break;
            }
        }
        Seen first = seen.getFirst();
        double seconds = Duration.between(first.at(), now).toNanos() / 1e9;
        double own = ours - first.ours();
        double others = transactions - first.transactions() - own;
        return seconds > 0 && others / seconds >= FEW && others > OF_OURS * own;
    }
}
