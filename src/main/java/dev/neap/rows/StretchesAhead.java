package dev.neap.rows;

import dev.neap.backfill.Layout;
import dev.neap.backfill.Ranges;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.dao.DataAccessException;

/** Reads a stretch while the one before is written. At most two of them are in memory. */
final class StretchesAhead {

    private final StretchReader reader;
    private final SpanRows spanRows;
    private Optional<Begun> begun = Optional.empty();

    StretchesAhead(StretchReader reader, SpanRows spanRows) {
        this.reader = reader;
        this.spanRows = spanRows;
    }

    /** Being read. */
    private record Begun(Layout layout, FutureTask<ReadStretch> reading, Thread thread) {

        ReadStretch stretch() {
            try {
                return reading.get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException unchecked -> throw unchecked;
                    case Error fatal -> throw fatal;
                    case null, default -> throw new IllegalStateException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while rows were read.", e);
            }
        }
    }

    /**
     * The stretch that is asked for, which may be smaller; the one behind it is begun.
     *
     * @param some how many rows of each strand are kept as they were read
     * @return empty if it could not be read as a whole
     * @throws dev.neap.transform.TransformMistake if the class does what it must not
     */
    Optional<ReadStretch> next(Ranges ranges, Layout wanted, RowStatements with, int some) {
        try {
            ReadStretch stretch = ahead(wanted)
                    .orElseGet(() -> begin(ranges, resized(ranges, wanted), with, some).stretch());
            begun = Optional.empty();
            if (!stretch.spans().isEmpty()) {
                spanRows.took(stretch);
                begun = Optional.of(begin(
                        ranges, resized(ranges, stretch.next(wanted.size())), with, some));
            }
            return Optional.of(stretch);
        } catch (DataAccessException e) {
            // The chunk that reads the row again says so, in its own transaction.
            begun = Optional.empty();
            return Optional.empty();
        }
    }

    private Optional<ReadStretch> ahead(Layout wanted) {
        return begun.map(Begun::stretch).filter(stretch -> stretch.suits(wanted));
    }

    private Layout resized(Ranges ranges, Layout layout) {
        return new Layout(
                layout.after(),
                layout.upper(),
                Math.min(layout.size(), ranges.sizeOf(spanRows.next())),
                layout.weave());
    }

    private Begun begin(Ranges ranges, Layout layout, RowStatements with, int some) {
        FutureTask<ReadStretch> reading = new FutureTask<>(() -> reader.read(ranges, layout, with, some));
        // No virtual thread: a transform that computes would keep it from its processor.
        Thread thread = Thread.ofPlatform().daemon().name("rows-ahead").start(reading);
        return new Begun(layout, reading, thread);
    }

    /** When it returns, nothing is being read any more. */
    void close() {
        reader.close();
        boolean interrupted = false;
        while (begun.isPresent() && begun.get().thread().isAlive()) {
            try {
                begun.get().thread().join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        begun = Optional.empty();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
