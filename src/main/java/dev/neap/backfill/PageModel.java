package dev.neap.backfill;

/**
 * What an average page of the table looks like to an UPDATE.
 *
 * @param rows on it; ≥ 1
 * @param oldBytes of a row as it is, line pointer included
 * @param newBytes of a row as it will be, line pointer included
 * @param freeBytes before the first update; ≥ 0
 * @param indexes how many get a new entry for each row that leaves its page
 */
public record PageModel(int rows, int oldBytes, int newBytes, int freeBytes, int indexes) {

    /** A line pointer ({@code ItemIdData}). */
    static final int POINTER = 4;

    /** A page of 8 kB without its header. */
    static final int PAGE = 8168;

    public PageModel {
        if (rows < 1 || oldBytes <= POINTER || newBytes <= POINTER || freeBytes < 0 || indexes < 0) {
            throw new IllegalArgumentException(
                    "No page: " + rows + " rows, " + oldBytes + " and " + newBytes + " bytes.");
        }
    }

    /**
     * Of a table whose pages are as full as inserts leave them.
     *
     * @param rowsPerPage from the statistics; > 0
     * @param fillfactor in percent; 10 to 100
     * @param width of a row by the statistics, header included; 0 if unknown
     * @param growth by how much a row grows, in bytes; may be negative
     */
    static PageModel of(double rowsPerPage, int fillfactor, int width, int growth, int indexes) {
        int rows = (int) Math.max(1, Math.round(rowsPerPage));
        int usable = PAGE - 8192 * (100 - fillfactor) / 100;
        int widest = Math.max(24, down(usable / rows - POINTER));
        // Statistics know no padding, so they are low; but where they are much lower, pages are not full.
        int old = width >= widest * 17 / 20 || width == 0 ? widest : up(width);
        int updated = Math.max(24, up(old + growth));
        return new PageModel(
                rows, old + POINTER, updated + POINTER, Math.max(0, PAGE - rows * (old + POINTER)), indexes);
    }

    /** Tuples are aligned to eight bytes (MAXALIGN). */
    private static int up(int bytes) {
        return (bytes + 7) / 8 * 8;
    }

    private static int down(int bytes) {
        return bytes / 8 * 8;
    }
}
