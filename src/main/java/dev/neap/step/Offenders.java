package dev.neap.step;

import dev.neap.sql.Identifier;
import java.util.List;

/**
 * Rows that would keep a step from succeeding, and how they are found. To find none proves nothing: the step itself does.
 *
 * @param what they are, in the plural, for a message: {@code rows that break check orders_total_check}
 * @param sql a query of one text column and at most {@link #MOST} rows, each of which names one offender
 * @param reads the table's columns that it reads: until all of them are there and filled, nothing can be found
 * @param remedy how they are mended, as the beginning of a sentence: {@code Give them another total}
 * @param certain whether nothing is gained by beginning a change that is bound to meet them
 */
public record Offenders(String what, String sql, List<Identifier> reads, String remedy, boolean certain) {

    /** More are not counted. */
    public static final int MOST = 101;

    private static final int SHOWN = 5;

    public Offenders {
        reads = List.copyOf(reads);
    }

    /**
     * {@code Rows that break check c (2): (id)=(1) with (n)=(-1); (id)=(7) with (n)=(-2)}, of many only the first few.
     *
     * @param rows what the query gave; at least one
     */
    public String words(List<String> rows) {
        return "%s%s (%s): %s%s".formatted(
                Character.toUpperCase(what.charAt(0)),
                what.substring(1),
                rows.size() < MOST ? rows.size() : "more than " + (MOST - 1),
                String.join("; ", rows.subList(0, Math.min(SHOWN, rows.size()))),
                rows.size() > SHOWN ? "; …" : "");
    }
}
