package dev.neap.rows;

import dev.neap.backfill.BlockRanges;
import dev.neap.backfill.Layout;
import dev.neap.backfill.PassSetup;
import dev.neap.backfill.PendingRow;
import dev.neap.backfill.PlannerSettings;
import dev.neap.backfill.QuarantineLimit;
import dev.neap.backfill.Range;
import dev.neap.backfill.RangeWork;
import dev.neap.backfill.Ranges;
import dev.neap.backfill.Span;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.step.RowWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The row path of one pass. Where it weaves, the rows of a stretch are read once, ahead of the writer and on a connection
 * of its own, transformed, and kept until their strand is written. Any other range is read a page at a time: plain ones,
 * pieces of a span in which a row is looked for that does not fit, and what a process that died has left of a stretch.
 *
 * <p>Nothing is locked between reading and writing. Instead a row is only written if it is still the version that was read
 * ({@code xmin}); one that somebody changed meanwhile is read again, locked now, and transformed again. So a value is
 * never computed from a row that is not there any more, and nobody's change is lost. By its address ({@code ctid}) alone
 * a version is only known as long as nothing rewrites the table: the chunk keeps such a rewriter out while it works, and
 * takes no rows that were read from another file.
 */
final class TransformWork implements RangeWork {

    /** What PostgreSQL calls a data exception of no particular kind. */
    private static final String DATA_EXCEPTION = "22000";

    /** Enough to find a class that gives another value each time. */
    private static final int ASKED_TWICE = 100;

    private final PassSetup setup;
    private final RowWork.Transform work;
    private final RowPath.Terms terms;
    private final Transformer transformer;
    private final Transactions reading;
    private final QuarantineLimit limit;
    private final StretchesAhead ahead;

    private @Nullable RowStatements statements;
    private Optional<ReadStretch> stretch = Optional.empty();
    private boolean asideBefore;
    private boolean repeatable;

    /**
     * What a pass works with.
     *
     * @param reading on a connection of its own
     */
    record Means(Transformer transformer, Transactions reading, StretchesAhead ahead) {}

    TransformWork(PassSetup setup, RowWork.Transform work, RowPath.Terms terms, Means means) {
        this.setup = setup;
        this.work = work;
        this.terms = terms;
        this.transformer = means.transformer();
        this.reading = means.reading();
        this.limit = new QuarantineLimit(reading.jdbc(), setup, terms.tuning().maxQuarantined());
        this.ahead = means.ahead();
    }

    private RowStatements statements(JdbcClient jdbc, Ranges ranges) {
        if (statements == null) {
            statements = RowStatements.of(jdbc, setup, work, ranges);
        }
        return statements;
    }

    /** How many rows of a strand are kept as they were read. */
    private int kept() {
        return repeatable ? 0 : ASKED_TWICE;
    }

    @Override
    public boolean prepare(Ranges ranges, Layout layout, Duration atMost) {
        return ahead.prepare(ranges, layout, statements(reading.jdbc(), ranges), kept(), atMost);
    }

    @Override
    public List<Span> spans(JdbcClient jdbc, Ranges ranges, Layout layout) {
        stretch = Optional.empty();
        stretch = ahead.next(ranges, layout, statements(jdbc, ranges), kept());
        return stretch.isPresent() ? stretch.get().spans() : RangeWork.super.spans(jdbc, ranges, layout);
    }

    /** The server knows neither how many rows a statement is about nor that they lie together. */
    @Override
    public Settings addTo(Settings settings) {
        Settings without = settings.with("enable_mergejoin", "off");
        return setup.ranges() instanceof BlockRanges
                ? without.with("enable_nestloop", "off")
                : without.with("enable_hashjoin", "off").with("enable_indexscan", "on");
    }

    @Override
    public long execute(JdbcClient jdbc, Ranges ranges, Range range, boolean quarantine) {
        RowStatements with = statements(jdbc, ranges);
        if (ranges.keyParts().equals(BlockRanges.ADDRESS)) {
            jdbc.sql("LOCK TABLE ONLY " + setup.table() + " IN ROW EXCLUSIVE MODE").update();
        }
        Optional<PackedRows> ready = stretch
                .filter(read -> read.file().isEmpty() || read.file().equals(ranges.file(jdbc)))
                .flatMap(read -> read.of(range));
        if (ready.isPresent()) {
            return write(jdbc, ranges, range, with, ready.get());
        }
        long changed = 0;
        try (Pages pages = pages(jdbc, ranges, range, with, quarantine || asideBefore)) {
            for (Optional<Transformer.Page> page = pages.next(); page.isPresent(); page = pages.next()) {
                changed += write(jdbc, ranges, range, with, packed(with, page.get().outcomes()));
            }
        }
        return changed;
    }

    private PackedRows packed(RowStatements with, List<Outcome> outcomes) {
        return with.pack(outcomes, kept());
    }

    private Pages pages(JdbcClient jdbc, Ranges ranges, Range range, RowStatements with, boolean quarantine) {
        List<Object> parameters = new ArrayList<>(ranges.parameters(range));
        if (quarantine) {
            parameters.add(setup.change().value());
            parameters.add(setup.backfillId().value());
        }
        String select = with.sql().select(ranges, range, quarantine);
        if (range.visited() <= terms.pageRows()) {
            return once(transformer.begin(
                    jdbc.sql(select).params(parameters).query((row, i) -> with.reader().read(row)).list()));
        }
        return new PagesAhead(
                new PagesAhead.Query(select, parameters, with.reader()),
                terms.pageRows(),
                reading,
                settings(range),
                transformer);
    }

    /** Those of the chunk's own transaction, where they matter to reading. */
    private Settings settings(Range range) {
        Settings settings = Settings.none().lockTimeout(terms.tuning().lockTimeout()).with("statement_timeout", "0");
        return PlannerSettings.addTo(settings, range.strand().isPresent());
    }

    /** Few rows are not worth another connection. */
    private static Pages once(Transformer.Page page) {
        Iterator<Transformer.Page> only = List.of(page).iterator();
        return new Pages() {
            @Override
            public Optional<Transformer.Page> next() {
                return only.hasNext() ? Optional.of(only.next()) : Optional.empty();
            }

            @Override
            public void close() {
                page.cancel();
            }
        };
    }

    private long write(JdbcClient jdbc, Ranges ranges, Range range, RowStatements with, PackedRows rows) {
        for (Outcome.Unfit row : rows.unfit()) {
            ranges.name(jdbc, row.read().key())
                    .ifPresent(name -> limit.setAside(name, DATA_EXCEPTION, row.message()));
            asideBefore = true;
        }
        if (rows.count() == 0) {
            return 0;
        }
        long written = with.writer().write(jdbc, ranges, range, rows);
        if (!repeatable) {
            // A class whose rows are done once they are written may give what it likes; any other the same again.
            if (with.writer().anyStillPending(jdbc, ranges, range, rows)) {
                rows.some().forEach(transformer::mustComeOutTheSame);
            }
            repeatable = true;
        }
        if (written == rows.count()) {
            return written;
        }
        List<ReadRow> again = with.writer().changedMeanwhile(jdbc, ranges, range, rows);
        return again.isEmpty()
                ? written
                : written + write(jdbc, ranges, range, with, packed(with, transformer.begin(again).outcomes()));
    }

    @Override
    public void close() {
        ahead.close();
    }

    @Override
    public long pending(JdbcClient jdbc, Ranges ranges, Range range) {
        throw new IllegalStateException("Class %s can't be asked in SQL.".formatted(transformer.name()));
    }

    @Override
    public Optional<PendingRow> firstPending(JdbcClient jdbc, Ranges ranges, Range range) {
        throw new IllegalStateException("Class %s can't be asked in SQL.".formatted(transformer.name()));
    }
}
