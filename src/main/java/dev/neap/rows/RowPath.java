package dev.neap.rows;

import dev.neap.backfill.PassSetup;
import dev.neap.backfill.RangeWork;
import dev.neap.backfill.Tuning;
import dev.neap.backfill.Weaving;
import dev.neap.step.RowWork;
import java.time.Duration;
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
     * @param stretchRows how many rows of a stretch are in memory, besides those of the next one; ≥ 1
     */
    public record Terms(Tuning tuning, int threads, int pageRows, int stretchRows) {

        private static final int MOST_ROWS = 2_000;
        private static final int LEAST_ROWS = 20;

        /** As much as a page may hold in the server's form; in memory it is a few times larger. */
        private static final long PAGE_BYTES = 4 << 20;

        /** As much as a stretch may hold; of what was read only the results stay. */
        static final long STRETCH_BYTES = 16 << 20;

        /** With fewer rows in a stretch, a strand of a span would be too few for a transaction. */
        private static final int WORTH_WEAVING = 8_000;

        /** With pages and stretches as large as rows of this width let them be. */
        public static Terms of(Tuning tuning, int threads, long rowBytes) {
            return new Terms(
                    tuning,
                    threads,
                    Math.clamp(PAGE_BYTES / Math.max(1, rowBytes), LEAST_ROWS, MOST_ROWS),
                    Math.clamp(STRETCH_BYTES / Math.max(1, rowBytes), 1, 65_536));
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
     * The work of one pass.
     *
     * @throws NoTransform if its class is not there any more
     */
    public RangeWork work(PassSetup setup, RowWork.Transform work, Terms terms) {
        Transformer transformer = new Transformer(
                work.className(), transforms.named(work.className()), terms.threads());
        return new TransformWork(setup, work, terms, transformer, dataSource);
    }
}
