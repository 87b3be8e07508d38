package dev.neap.backfill;

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

    /** How many rows of the range still meet the condition of a convergent backfill. */
    long pending(JdbcClient jdbc, Ranges ranges, Range range);
}
