package dev.neap.rows;

import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.rows.Transformer.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads on a connection and a thread of its own while the writer writes. At most three pages are in memory: one being
 * read, one being transformed, one being written.
 */
final class PagesAhead implements Pages {

    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(1);
    private final Thread reading;
    private volatile boolean closed;

    /** What the reader hands over. */
    private sealed interface Item {
        record Rows(Page page) implements Item {}

        record End() implements Item {}

        record Failure(Throwable error) implements Item {}
    }

    /** The writer wants no more. */
    private static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Closed() {
            super("No more rows are wanted.", null, false, false);
        }
    }

    /**
     * @param rows of a page; ≥ 1
     */
    PagesAhead(Query query, int rows, Transactions transactions, Settings settings, Transformer transformer) {
        // No virtual thread: a transform that computes would keep it from its processor.
        this.reading = Thread.ofPlatform()
                .daemon()
                .name("rows-ahead")
                .start(
                        () -> read(query, rows, transactions, settings, transformer));
    }

    /** What is read. */
    record Query(String sql, List<Object> parameters, RowReader reader) {}

    private void read(Query query, int rows, Transactions transactions, Settings settings, Transformer transformer) {
        try {
            transactions.in(settings, jdbc -> {
                List<ReadRow> page = new ArrayList<>();
                transactions.statements().setFetchSize(rows);
                transactions.statements().query(query.sql(), row -> {
                    page.add(query.reader().read(row));
                    if (page.size() == rows) {
                        put(new Item.Rows(transformer.begin(List.copyOf(page))));
                        page.clear();
                    }
                }, query.parameters().toArray());
                if (!page.isEmpty()) {
                    put(new Item.Rows(transformer.begin(List.copyOf(page))));
                }
                return true;
            });
            put(new Item.End());
        } catch (Closed e) {
            // the writer has what it wanted
        } catch (RuntimeException | Error e) {
            // Whatever it is, the writer waits for word of it.
            putUnlessClosed(new Item.Failure(e));
        }
    }

    private void putUnlessClosed(Item item) {
        try {
            put(item);
        } catch (Closed e) {
            // the writer has what it wanted
        }
    }

    private void put(Item item) {
        try {
            while (!queue.offer(item, 50, TimeUnit.MILLISECONDS)) {
                if (closed) {
                    throw new Closed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Closed();
        }
    }

    @Override
    public Optional<Page> next() {
        try {
            return switch (queue.take()) {
                case Item.Rows rows -> Optional.of(rows.page());
                case Item.End end -> Optional.empty();
                case Item.Failure failure -> throw thrown(failure.error());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while rows were read.", e);
        }
    }

    private static RuntimeException thrown(Throwable error) {
        return switch (error) {
            case RuntimeException unchecked -> unchecked;
            case Error fatal -> throw fatal;
            default -> new IllegalStateException(error);
        };
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (reading.isAlive()) {
            drain();
            try {
                reading.join(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        drain();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        for (Item left = queue.poll(); left != null; left = queue.poll()) {
            if (left instanceof Item.Rows rows) {
                rows.page().cancel();
            }
        }
    }
}
