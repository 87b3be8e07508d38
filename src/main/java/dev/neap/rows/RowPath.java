package dev.neap.rows;

import dev.neap.backfill.PassSetup;
import dev.neap.backfill.RangeWork;
import dev.neap.backfill.Tuning;
import dev.neap.backfill.Weaving;
import dev.neap.jdbc.Transactions;
import dev.neap.pace.SideDoor;
import dev.neap.step.RowWork;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Makes the work of passes that transform rows.
 *
 * @param dataSource the pool: each pass takes a second connection while it works on a range
 */
public record RowPath(DataSource dataSource, Transforms transforms) {

    /**
     * How it works.
     *
     * @param tuning of the pass
     * @param threads how many rows are transformed at a time; ≥ 1
     * @param pageRows how many rows are read and written at a time; ≥ 1
     * @param stretchRows the most rows of a stretch; ≥ 1
     * @param stretchBytes after so many bytes of results no more is read into a stretch
     */
    public record Terms(Tuning tuning, int threads, int pageRows, int stretchRows, long stretchBytes) {

        private static final int MOST_ROWS = 2_000;
        private static final int LEAST_ROWS = 20;

        /** As much as a page may hold in the server's form; in memory it is a few times larger. */
        private static final long PAGE_BYTES = 4 << 20;

        /** Of the table in a stretch; what stays of it in memory is a fraction. */
        private static final long STRETCH_BYTES = 32 << 20;

        private static final int MOST_STRETCH_ROWS = 131_072;

        /** Of results in memory, for all workers, with the stretches that they write and those that are read ahead. */
        private static final long KEPT_BYTES = 32 << 20;

        /** With fewer rows in a stretch, a strand of a span would be too few for a transaction. */
        private static final int WORTH_WEAVING = 8_000;

        /** With pages and stretches as large as rows of this width let them be. */
        public static Terms of(Tuning tuning, int threads, int workers, long rowBytes) {
            return new Terms(
                    tuning,
                    threads,
                    Math.clamp(PAGE_BYTES / Math.max(1, rowBytes), LEAST_ROWS, MOST_ROWS),
                    Math.clamp(STRETCH_BYTES / Math.max(1, rowBytes), 1, MOST_STRETCH_ROWS),
                    KEPT_BYTES / 2 / workers);
        }

        /** Whether rows are narrow enough to wait for their strand in memory. */
        public boolean mayWeave() {
            return stretchRows >= WORTH_WEAVING;
        }

        /** After so long no more is read into a stretch: rows that wait for a slow class grow old. */
        Duration stretchTime() {
            return tuning.chunkDuration().multipliedBy(Weaving.SPANS);
        }
    }

    /**
     * The work of the passes of one step, each time another one.
     *
     * @param door through which those go who read ahead of the chunks
     * @return throws {@link NoTransform} if the class is not there any more
     */
    public Function<PassSetup, RangeWork> work(RowWork.Transform work, Terms terms, SideDoor door) {
        SpanRows spanRows = new SpanRows(terms);
        return setup -> {
            Transformer transformer = new Transformer(
                    work.className(), transforms.named(work.className()), terms.threads());
            Transactions reading = new Transactions(dataSource);
            StretchesAhead ahead = new StretchesAhead(
                    new StretchReader(setup, terms, new StretchReader.Means(reading, transformer, door)), spanRows);
            return new TransformWork(
                    setup, work, terms, new TransformWork.Means(transformer, reading, ahead));
        };
    }
}
