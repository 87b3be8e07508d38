package dev.neap.rows;

import dev.neap.backfill.Layout;
import dev.neap.backfill.Ranges;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** Being read, or read. */
    private record Begun(Layout layout, FutureTask<ReadStretch> reading, Thread thread) {

        boolean isOver(Duration atMost) {
            try {
                ReadStretch unused = reading.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                // Told to whoever takes it.
                return true;
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

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
                throw interrupted(e);
            }
        }

        private static IllegalStateException interrupted(InterruptedException error) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("Interrupted while rows were read.", error);
        }
    }

    /**
     * Has the stretch read, unless it is; to be asked in no transaction.
     *
     * @param some how many rows of each strand are kept as they were read
     * @param atMost how long to wait for it
     * @return whether {@link #next} can give it
     */
    boolean prepare(Ranges ranges, Layout wanted, RowStatements with, int some, Duration atMost) {
        if (begun.filter(other -> !other.isOver(atMost)).isPresent()) {
            return false;
        }
        if (begun.filter(ready -> ready.layout().isLike(wanted)).isPresent()) {
            return true;
        }
        begun = Optional.of(begin(ranges, resized(ranges, wanted), with, some));
        return false;
    }

    /**
     * The stretch that is asked for, which may be smaller; the one behind it is begun. Never waits.
     *
     * @param some how many rows of each strand are kept as they were read
     * @return empty if it could not be read as a whole, or was not prepared
     * @throws dev.neap.transform.TransformMistake if the class does what it must not
     */
    Optional<ReadStretch> next(Ranges ranges, Layout wanted, RowStatements with, int some) {
        Optional<Begun> ready = begun.filter(other -> other.layout().isLike(wanted) && other.isOver(Duration.ZERO));
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        begun = Optional.empty();
        try {
            ReadStretch stretch = ready.get().stretch();
            if (!stretch.spans().isEmpty()) {
                spanRows.took(stretch);
                begun = Optional.of(begin(
                        ranges, resized(ranges, stretch.next(wanted.size())), with, some));
            }
            return Optional.of(stretch);
        } catch (DataAccessException e) {
            // The chunk that reads the row again says so, in its own transaction.
            return Optional.empty();
        }
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
