package dev.neap.rows;

import dev.neap.backfill.Layout;
import dev.neap.backfill.PassSetup;
import dev.neap.backfill.PlannerSettings;
import dev.neap.backfill.Quarantine;
import dev.neap.backfill.Range;
import dev.neap.backfill.Ranges;
import dev.neap.backfill.Span;
import dev.neap.backfill.Weaving;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.pace.SideDoor;
import dev.neap.rows.ReadStretch.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the rows of a stretch, a transaction a span, so that its snapshots keep nobody from pruning, and has them
 * transformed. Before each span it comes in by the side door: while the run is paused, held, or outside of its window,
 * nothing is read.
 */
final class StretchReader {

    /** Early enough that threads have something to do while the rest is being read. */
    private static final int HANDED_OVER = 500;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final PassSetup setup;
    private final RowPath.Terms terms;
    private final Transactions transactions;
    private final Transformer transformer;
    private final SideDoor door;
    private volatile boolean closed;

    /**
     * What it reads with.
     *
     * @param reading on a connection of its own
     * @param door asked before each span
     */
    record Means(Transactions reading, Transformer transformer, SideDoor door) {}

    StretchReader(PassSetup setup, RowPath.Terms terms, Means means) {
        this.setup = setup;
        this.terms = terms;
        this.transactions = means.reading();
        this.transformer = means.transformer();
        this.door = means.door();
    }

    /** Nothing more is wanted: what is being read is given up soon. */
    void close() {
        closed = true;
    }

    /**
     * @param some how many rows of each strand are kept as they were read
     * @throws org.springframework.dao.DataAccessException if they could not be read
     * @throws dev.neap.transform.TransformMistake if the class does what it must not
     * @throws CancellationException if nothing more is wanted
     */
    ReadStretch read(Ranges ranges, Layout layout, RowStatements with, int some) {
        Inside<Begin> begin = inside(() -> transactions.in(
                settings(),
                jdbc -> new Begin(
                        ranges.spans(jdbc, layout.after(), layout.upper(), layout.size(), Weaving.SPANS),
                        new Quarantine(jdbc, setup.change(), setup.backfillId()).size() > 0,
                        ranges.file(jdbc))));
        Query query = new Query(with, begin.result().aside(), some);
        Map<Place, PackedRows> rows = new HashMap<>();
        List<Span> spans = new ArrayList<>();
        long chars = 0;
        Duration took = begin.took();
        Optional<List<String>> after = layout.after();
        for (Span span : begin.result().spans()) {
            if (chars > terms.stretchBytes() || terms.stretchTime().compareTo(took) < 0) {
                break;
            }
            Range range = new Range(after, span.end(), span.rows(), layout.size(), Optional.empty());
            Inside<List<PackedRows>> read = inside(() -> strands(ranges, range, layout, query));
            List<PackedRows> strands = read.result();
            for (int i = 0; i < strands.size(); i++) {
                rows.put(new Place(after, span.end(), layout.weave().strand(i)), strands.get(i));
                chars += strands.get(i).chars();
            }
            spans.add(span);
            after = Optional.of(span.end());
            took = took.plus(read.took());
        }
        return new ReadStretch(layout, spans, rows, begin.result().file(), took);
    }

    /** What a stretch begins with. */
    private record Begin(List<Span> spans, boolean aside, Optional<Long> file) {}

    /** What was done, and how long it took without the wait before. */
    private record Inside<T>(T result, Duration took) {}

    /** Does it once nothing is in the way. */
    private <T> Inside<T> inside(Supplier<T> work) {
        // A span is made so large that it takes about as long as a chunk.
        while (door.enter(terms.tuning().chunkDuration()).isPresent()) {
            mustBeWanted();
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        try {
            mustBeWanted();
            long began = System.nanoTime();
            T result = work.get();
            return new Inside<>(result, Duration.ofNanos(System.nanoTime() - began));
        } finally {
            door.leave();
        }
    }

    private void mustBeWanted() {
        if (closed) {
            throw new CancellationException("No more rows are wanted.");
        }
    }

    private Settings settings() {
        return PlannerSettings.addTo(
                Settings.none().lockTimeout(terms.tuning().lockTimeout()).with("statement_timeout", "0"));
    }

    private record Query(RowStatements with, boolean aside, int some) {}

    /** Rows on their way through the transform, with their remainders. */
    private record Page(Transformer.Page rows, List<Integer> remainders) {}

    private List<PackedRows> strands(Ranges ranges, Range range, Layout layout, Query query) {
        List<Page> pages = new ArrayList<>();
        try {
            transactions.in(settings(), jdbc -> {
                readPages(ranges, range, layout.weave().modulus(), query, pages);
                return true;
            });
            return packed(layout, query, pages);
        } finally {
            pages.forEach(page -> page.rows().cancel());
        }
    }

    private void readPages(Ranges ranges, Range range, int modulus, Query query, List<Page> pages) {
        RowReader reader = query.with().reader();
        List<ReadRow> rows = new ArrayList<>();
        List<Integer> remainders = new ArrayList<>();
        Stream<Object> aside = query.aside()
                ? Stream.of(setup.change().value(), setup.backfillId().value())
                : Stream.empty();
        transactions.statements().setFetchSize(terms.pageRows());
        transactions.statements()
                .query(
                        query.with().sql().selectWithRemainders(ranges, range, modulus, query.aside()),
                        row -> {
                            rows.add(reader.read(row));
                            remainders.add(reader.remainder(row));
                            if (rows.size() == HANDED_OVER) {
                                handOver(rows, remainders, pages);
                            }
                        },
                        Stream.concat(ranges.parameters(range).stream(), aside).toArray());
        handOver(rows, remainders, pages);
    }

    private void handOver(List<ReadRow> rows, List<Integer> remainders, List<Page> pages) {
        pages.add(new Page(transformer.begin(List.copyOf(rows)), List.copyOf(remainders)));
        rows.clear();
        remainders.clear();
    }

    private static List<PackedRows> packed(Layout layout, Query query, List<Page> pages) {
        int strands = layout.weave().strands();
        RowStatements with = query.with();
        List<PackedRows.Packing> packing = Stream
                .generate(() -> new PackedRows.Packing(with.from(), with.sql().work(), query.some()))
                .limit(strands)
                .toList();
        int[] strandOf = new int[layout.weave().modulus()];
        IntStream.range(0, strands)
                .forEach(i -> Arrays.fill(
                        strandOf, layout.weave().bounds().get(i), layout.weave().bounds().get(i + 1), i));
        for (Page page : pages) {
            List<Outcome> outcomes = page.rows().outcomes();
            for (int i = 0; i < outcomes.size(); i++) {
                packing.get(strandOf[page.remainders().get(i)]).add(outcomes.get(i));
            }
        }
        return packing.stream().map(PackedRows.Packing::rows).toList();
    }
}
