package dev.neap.rows;

import dev.neap.transform.Row;
import dev.neap.transform.RowTransform;
import dev.neap.transform.TransformMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has rows transformed, a bounded number of them at a time.
 *
 * <p>The threads are virtual, so that a class that waits for something may be given many; but their number is fixed, since
 * one that computes gains nothing from more of them than there are processors, and one that calls a service must not
 * overrun it.
 */
final class Transformer {

    /** Long enough that handing over costs nothing, short enough that no thread is left with all the work. */
    private static final int ROWS_AT_ONCE = 64;

    private final String name;
    private final RowTransform transform;
    private final ThreadPoolExecutor threads;

    /**
     * @param name of the class, for messages
     * @param threads how many rows at a time; ≥ 1
     */
    Transformer(String name, RowTransform transform, int threads) {
        this.name = name;
        this.transform = transform;
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofVirtual().name("transform-", 0).factory());
        // Nobody has to close it: threads that have nothing to do end.
        this.threads.allowCoreThreadTimeOut(true);
    }

    String name() {
        return name;
    }

    /** Rows on their way. */
    record Page(List<ReadRow> rows, List<Future<List<Outcome>>> parts) {

        /**
         * Waits for all of them.
         *
         * @return one for each row, in order
         * @throws TransformMistake if the class does what it must not
         */
        List<Outcome> outcomes() {
            List<Outcome> outcomes = new ArrayList<>(rows.size());
            try {
                for (Future<List<Outcome>> part : parts) {
                    outcomes.addAll(part.get());
                }
                return outcomes;
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException mistake -> throw mistake;
                    case Error error -> throw error;
                    case null, default -> throw new IllegalStateException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while rows were transformed.", e);
            } finally {
                cancel();
            }
        }

        /** Gives up what has not begun. */
        void cancel() {
            parts.forEach(part -> part.cancel(true));
        }
    }

    /** Begins with the rows, and returns. */
    Page begin(List<ReadRow> rows) {
        List<Future<List<Outcome>>> parts = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += ROWS_AT_ONCE) {
            List<ReadRow> part = rows.subList(i, Math.min(i + ROWS_AT_ONCE, rows.size()));
            Callable<List<Outcome>> work = () -> all(part);
            parts.add(threads.submit(work));
        }
        return new Page(rows, parts);
    }

    private List<Outcome> all(List<ReadRow> part) {
        Thread.currentThread().setContextClassLoader(transform.getClass().getClassLoader());
        List<Outcome> outcomes = new ArrayList<>(part.size());
        for (ReadRow row : part) {
            outcomes.add(one(row));
        }
        return outcomes;
    }

    private Outcome one(ReadRow read) {
        try {
            List<@Nullable String> values = values(read, changed(read.row()));
            return values.equals(read.stored()) ? new Outcome.Left(read) : new Outcome.Changed(read, values);
        } catch (TransformMistake e) {
            throw new TransformMistake("Class %s, row with key %s: %s"
                    .formatted(name, String.join(", ", read.key()), e.getMessage()));
        } catch (LinkageError e) {
            throw new TransformMistake(
                    "Class %s needs something that is not there: %s. Put it into its jar's directory."
                            .formatted(name, e));
        } catch (Exception | StackOverflowError | AssertionError e) {
            return new Outcome.Unfit(read, words(e));
        }
    }

    /**
     * Whether the row comes out the same when it is handed over again after it was written.
     *
     * @throws TransformMistake if it does not; nothing of it may be kept
     */
    void mustComeOutTheSame(ReadRow read) {
        try {
            Row first = changed(read.row());
            List<@Nullable String> once = values(read, first);
            List<@Nullable String> twice = values(
                    new ReadRow(read.key(), read.version(), read.row(), once), changed(first.again()));
            if (!once.equals(twice)) {
                throw new TransformMistake(
                        ("Class %s gives the row with key %s the values %s, and when it is asked again %s. So nothing could ever"
                                + " be verified. Let it give the same again, or add a where that no longer holds once a row has"
                                + " been written.")
                                .formatted(name, String.join(", ", read.key()), once, twice));
            }
        } catch (TransformMistake e) {
            throw e;
        } catch (Exception e) {
            throw new TransformMistake(
                    "Class %s accepts the row with key %s, and when it is asked again it does not: %s."
                            .formatted(name, String.join(", ", read.key()), words(e)));
        }
    }

    private Row changed(Row row) throws Exception {
        Row changed = transform.transform(row);
        if (changed == null || !changed.columns().equals(row.columns())) {
            throw new TransformMistake(
                    "The result is %s. Return the row that was given, or what its with() returns."
                            .formatted(changed == null ? "null" : "made from no row that was given"));
        }
        return changed;
    }

    private static List<@Nullable String> values(ReadRow read, Row changed) {
        Map<String, @Nullable Object> written = changed.written();
        if (written.isEmpty()) {
            return read.stored();
        }
        List<@Nullable String> values = new ArrayList<>(read.stored());
        List<String> columns = changed.columns().writes();
        for (int i = 0; i < values.size(); i++) {
            if (written.containsKey(columns.get(i))) {
                values.set(i, ValueText.of(written.get(columns.get(i))));
            }
        }
        return values;
    }

    /** In one line, as PostgreSQL's own messages are. */
    private static String words(Throwable error) {
        String message = error.getMessage();
        String line = message == null ? "" : ": " + message.lines().findFirst().orElse("");
        return error.getClass().getSimpleName() + line;
    }
}
