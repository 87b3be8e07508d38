package dev.neap.backfill;

/**
 * One of the k visits to a span: the rows whose remainder is in an interval.
 *
 * @param modulus what remainders are taken by; ≥ 1
 * @param from the first remainder; 0 to {@code modulus}
 * @param to the first remainder that no longer belongs; {@code from} to {@code modulus}
 */
public record Strand(int modulus, int from, int to) {

    public Strand {
        if (modulus < 1 || from < 0 || to < from || to > modulus) {
            throw new IllegalArgumentException("No strand: %d to %d of %d.".formatted(from, to, modulus));
        }
    }

    /** About how many of so many rows are in it; over all strands the numbers add up to {@code rows}. */
    long shareOf(long rows) {
        return rows * to / modulus - rows * from / modulus;
    }

    /**
     * The condition that a row is in it.
     *
     * @param remainder an SQL expression from 0 to {@code modulus - 1} over the row
     */
    public String condition(String remainder) {
        return to - from == 1 ? remainder + " = " + from : remainder + " BETWEEN " + from + " AND " + (to - 1);
    }
}
