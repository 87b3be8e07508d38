package dev.neap.backfill;

import dev.neap.jdbc.Transactions.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a pass does with the rows of a range. It writes in the transaction of the pass, through the client that it is
 * given, so that its rows and the checkpoint commit together.
 */
public interface RangeWork {

    /**
     * Works on the pending rows of the range.
     *
     * @param jdbc in the chunk's transaction
     * @param quarantine whether rows that were set aside have to be left out
     * @return how many rows it changed
     */
    long execute(JdbcClient jdbc, Ranges ranges, Range range, boolean quarantine);

    /**
     * Gets ready what {@link #spans} will be asked for, so that nothing has to be waited for in the chunk's transaction. Asked
     * between chunks, in no transaction, again and again until it is.
     *
     * @param atMost how long to wait
     * @return whether it is ready
     */
    default boolean prepare(Ranges ranges, Layout layout, Duration atMost) {
        return true;
    }

    /**
     * The spans of a stretch that is about to be woven. Work that reads its rows ahead may lay out smaller ones, or fewer.
     *
     * @return empty if there is nothing more
     */
    default List<Span> spans(JdbcClient jdbc, Ranges ranges, Layout layout) {
        return ranges.spans(jdbc, layout.after(), layout.upper(), layout.size(), Weaving.SPANS);
    }

    /** Adds the settings that its statements need in a chunk's transaction. */
    default Settings addTo(Settings settings) {
        return settings;
    }

    /** Ends whatever works ahead of the pass; nothing is asked any more. */
    default void close() {}

    /** How many rows of the range still meet the condition of a convergent backfill. */
    long pending(JdbcClient jdbc, Ranges ranges, Range range);

    /** The first of the rows that {@link #pending} counts, in the order of the walk; empty if there is none any more. */
    Optional<PendingRow> firstPending(JdbcClient jdbc, Ranges ranges, Range range);
}
